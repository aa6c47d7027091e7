import type { Contact, EventsByType } from '../generated/events.js';
import type { JsonObject } from '../generated/models.js';
import type { DedupeStore } from './dedupe.js';

/** An event of a type that this version knows; `event_type` tells which. */
export type KnownEvent = EventsByType[keyof EventsByType];

/** An event of a type that this version does not know, as it came. */
export interface UnknownEvent extends JsonObject {
  /** Which event it is. */
  event_type: string;
  /** What tells this event from all others; a repeated delivery has the same. */
  event_id?: string | null;
  /** The contact that it is about. */
  contact?: Contact | null;
}

/** What was delivered without a type, such as the dashboard's test, as it came. */
export type TestEvent = JsonObject;

/** A delivery whose signature is right, told apart by `kind`. */
export type WebhookDelivery = EventDelivery | UnknownDelivery | TestDelivery;

/** The delivery of an event of a known type. */
export interface EventDelivery {
  kind: 'event';
  /** What happened. */
  event: KnownEvent;
  /** The event's `event_id`; where it has none, the signature. */
  id: string;
  /** Whether it is a `message.sent`, as each message is that you send yourself: who answers those answers himself. */
  isEcho: boolean;
}

/** The delivery of an event of a type that this version does not know. */
export interface UnknownDelivery {
  kind: 'unknown';
  /** What happened, as it came. */
  event: UnknownEvent;
  /** The event's `event_id`; where it has none, the signature. */
  id: string;
  isEcho: false;
}

/** A delivery without an `event_type`, such as the dashboard's test. */
export interface TestDelivery {
  kind: 'test';
  /** What was delivered, as it came. */
  event: TestEvent;
  /** The signature, or an `event_id` that it happens to have. */
  id: string;
  isEcho: false;
}

/** How a delivery is verified. */
export interface VerifyOptions {
  /**
   * The webhook's signing key, or those of several webhooks that come to the same address; or a function that gives them
   * for each request, such as one that reads a variable that is not there yet.
   */
  keys: string | readonly string[] | (() => string | readonly string[] | Promise<string | readonly string[]>);
  /**
   * Whether a signature is also right that was made of `JSON.stringify(JSON.parse(body))` instead of the body: some
   * senders do that. False where it is left out.
   */
  acceptReserialized?: boolean | undefined;
  /** How many bytes of a body are read at most; 1 MiB where it is left out. */
  maxBodyBytes?: number | undefined;
  /** The milliseconds for which nothing of a body may come; 10,000 where it is left out, 0 for no bound. */
  stallTimeout?: number | undefined;
  /** The milliseconds that a body may take in all; 30,000 where it is left out, 0 for no bound. */
  bodyTimeout?: number | undefined;
}

/** What a function is told beside the event. */
export interface WebhookContext {
  /** Which kind of delivery it is. */
  kind: WebhookDelivery['kind'];
  /** The event's `event_id`; where it has none, the signature. */
  id: string;
  /** Whether it is a `message.sent`, as each message is that you send yourself. */
  isEcho: boolean;
  /** The request. Its body was read. */
  request: Request;
}

/** A function for each type of event. What it returns may be a promise. */
export type EventHandlers = {
  [Type in keyof EventsByType]?: ((event: EventsByType[Type], context: WebhookContext) => unknown) | undefined;
};

/** What a handler does. It takes `enqueue`, or any of `on`, `onUnknown`, `onTest`, `onAny` and `waitUntil`. */
export interface WebhookHandlerOptions extends VerifyOptions {
  /** What is done with an event, by its type. */
  on?: EventHandlers | undefined;
  /** What is done with an event of a type that this version does not know. */
  onUnknown?: ((event: UnknownEvent, context: WebhookContext) => unknown) | undefined;
  /** What is done with a delivery without an `event_type`, such as the dashboard's test. */
  onTest?: ((event: TestEvent, context: WebhookContext) => unknown) | undefined;
  /** What is done with each delivery, before the function of its type. */
  onAny?: ((delivery: WebhookDelivery, context: WebhookContext) => unknown) | undefined;
  /** Puts a delivery of any kind where it is safe. The answer is 200 once that is done, 503 where it fails. */
  enqueue?: ((event: KnownEvent | UnknownEvent | TestEvent, context: WebhookContext) => unknown) | undefined;
  /** Keeps the program alive until a promise has settled, where the handler's second argument has no `waitUntil`. */
  waitUntil?: ((promise: Promise<void>) => unknown) | undefined;
  /** Remembers which events were there, 10,000 in memory where it is left out; false lets each delivery through. */
  dedupe?: DedupeStore | false | undefined;
  /** For how many milliseconds an event is remembered; 24 hours where it is left out. */
  dedupeTtlMs?: number | undefined;
  /**
   * Is told what one of your functions or the store has thrown, and the delivery where there is one. Left out, the
   * event's type and id are written to the console, and nothing else, since the error may say what the event says.
   */
  onError?: ((error: unknown, delivery: WebhookDelivery | undefined) => unknown) | undefined;
}

/**
 * Answers a request, and never rejects. The second argument may have a `waitUntil`, as the context of a Worker does;
 * anything else is ignored.
 */
export type WebhookHandler = (request: Request, context?: unknown) => Promise<Response>;
