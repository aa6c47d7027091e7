import type { EventsByType } from '../generated/events.js';

/** The type of an event that the sandbox knows, such as `message.received`. */
export type WebhookEventType = keyof EventsByType;

/** An event of any type, or of none, as it is sent. */
export interface WebhookEvent {
  /** The type; a test delivery of the dashboard lacks it. */
  readonly event_type?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** What a webhook is sent: where to, signed by which key, which events. */
export interface WebhookTarget {
  /** Where deliveries go, by POST: an address that begins with `http://` or `https://`. */
  url: string;
  /** What they are signed with; made up, and the same in every run, where it is left out. */
  key?: string | undefined;
  /** The types of the events that are wanted; all, those that are not known included, where they are left out. */
  events?: readonly WebhookEventType[] | undefined;
}

/** Takes a delivery in-process, as a server would. */
export type WebhookReceiver = (request: Request) => Response | Promise<Response>;

/** A webhook in-process: its receiver is called with what would be sent to `url`. */
export interface WebhookFunction extends Omit<WebhookTarget, 'url'> {
  /** Takes the deliveries. */
  deliver: WebhookReceiver;
  /** The URL of the requests; `https://webhook.example/` where it is left out. */
  url?: string | undefined;
}

/** A webhook, as it is listed. */
export interface Webhook {
  /** Its number. */
  id: number;
  /** Where deliveries go. */
  url: string;
  /** What they are signed with. */
  key: string;
  /** The types of the events that are wanted; null where all are. */
  events: string[] | null;
  /** Whether it gets deliveries; who fails too often does not. */
  enabled: boolean;
  /** How many deliveries in a row were not answered with 200. */
  failures: number;
}

/** What a disturbance does to a delivery. */
export type DisturbanceKind =
  | {
      /** It is sent later, and so is all that waits for the same webhook. */
      type: 'delay';
      /** How much later, in milliseconds. */
      ms: number;
    }
  | {
      /**
       * `tamper`: the body is changed after it was signed; `duplicate`: it is sent twice, with the same `event_id`;
       * `reorder`: it is held back until the next one was delivered, or none has come for a second.
       */
      type: 'tamper' | 'duplicate' | 'reorder';
    };

/** The name of a disturbance. */
export type DisturbanceName = DisturbanceKind['type'];

/**
 * A disturbance, and the deliveries that it hits.
 *
 * Delays add up, to 2,147,483,647 ms at most; of the other disturbances the first that hits is the only one.
 */
export interface Disturbance {
  /** The number of the webhook; any where it is left out. */
  hook?: number | undefined;
  /** How many deliveries are hit; no bound where it is left out. */
  count?: number | undefined;
  /** What happens to them. */
  kind: DisturbanceKind;
}

/** A delivery; it waits, or is under way, while both `status` and `error` are null. */
export interface WebhookDelivery {
  /** The delivery's number, 1 for the first, ascending. */
  seq: number;
  /** When the event happened, in Unix milliseconds of the sandbox's clock. */
  time: number;
  /** The number of the webhook. */
  hook: number;
  /** Where it goes. */
  url: string;
  /** The type of the event; null where it lacks one. */
  eventType: string | null;
  /** What tells the event from all others; null where it lacks that. */
  eventId: string | null;
  /** The body, as it goes over the wire. */
  body: string;
  /** The header `X-Webhook-Signature`. */
  signature: string;
  /** The disturbance that hit it. */
  disturbance: DisturbanceName | null;
  /** How long it was held back by delays, in milliseconds. */
  delayMs: number;
  /** The status that answered it. */
  status: number | null;
  /** Why there was no answer. */
  error: string | null;
}
