import type { Message } from '../generated/models.js';
import type { Disturbance, Webhook, WebhookDelivery, WebhookEvent, WebhookTarget } from './webhook-types.js';

/** A limit of requests for each HTTP method, in a sliding window. */
export interface RateLimit {
  /** How many requests a window holds; at least 1. */
  limit: number;
  /** The window's length in milliseconds; at least 1. */
  windowMs: number;
}

/** One of the service's two surfaces: what the contract documents, or what `respond-io-wasm/live` calls. */
export type SandboxSurface = 'contract' | 'live';

/** How the live surface of a sandbox behaves. */
export interface LiveSandboxOptions {
  /** For how many milliseconds whatever names a new contact is refused with a 449; 0 where it is left out. */
  contactNewMs?: number | undefined;
  /** The HTTP status of that refusal, 400 to 499, whose body has the code 449 in any case; 449 where it is left out. */
  contactNewStatus?: number | undefined;
}

/** How a sandbox is set up; everything may be left out. */
export interface SandboxOptions {
  /** The bearer tokens that are accepted; `['sandbox']` where they are left out. */
  tokens?: readonly string[] | undefined;
  /** The request limit, or false for none; 5 in 1000 ms where it is left out. */
  rateLimit?: RateLimit | false | undefined;
  /** The contacts to begin with, made up from a number; none where it is left out. */
  seed?: { count: number; seed?: number | undefined } | undefined;
  /** Where the clock stands still, in Unix milliseconds; it runs where this is left out. */
  freezeAt?: number | undefined;
  /** The number that the dice of faults, and keys and event ids of webhooks, begin with; 1 where it is left out. */
  randomSeed?: number | undefined;
  /** The webhooks to begin with; none where they are left out. */
  webhooks?: readonly WebhookTarget[] | undefined;
  /**
   * The surface below `/v2`; `'contract'` where it is left out. Below `/contract/v2` and `/live/v2` each is at any rate,
   * over the same workspace.
   */
  surface?: SandboxSurface | undefined;
  /**
   * Whether WhatsApp takes nothing but templates more than 24 hours after a contact's last message over it; it takes
   * everything at any time where this is left out.
   */
  messagingWindow?: boolean | undefined;
  /** How the live surface behaves. */
  live?: LiveSandboxOptions | undefined;
}

/** What a fault does to a request; `acted` in the journal says whether the operation was carried out. */
export type FaultKind =
  | {
      /** The answer is this status, and nothing is acted upon. */
      type: 'status';
      /** The status, 300 to 599. */
      status: number;
      /** The `Retry-After` header, in seconds. */
      retryAfter?: number | undefined;
      /** The message of the Error body. */
      message?: string | undefined;
    }
  | {
      /** The answer comes later. */
      type: 'delay';
      /** How much later, in milliseconds. */
      ms: number;
    }
  | {
      /**
       * `reset_before`: the connection is reset before anything is acted upon; `reset_after`: after it was.
       * `truncate`: the answer's body is cut in half; `garble`: it is neither UTF-8 nor JSON; `stall`: its first half
       * comes and the rest never does. In-process a reset is the TypeError that `fetch` rejects with.
       */
      type: 'reset_before' | 'reset_after' | 'truncate' | 'garble' | 'stall';
    };

/** The name of a fault. */
export type FaultName = FaultKind['type'];

/**
 * A fault, and the requests that it hits: those that have a route, a token and room in the request limit.
 *
 * Delays add up, to 2,147,483,647 ms at most; of the other faults the first that hits is the only one.
 */
export interface Fault {
  /** The operation of the requests, such as `sendMessage`, of either surface; any where it is left out. */
  operation?: string | undefined;
  /** The HTTP method of the requests, in capitals; any where it is left out. */
  method?: string | undefined;
  /** How many requests are hit; no bound where it is left out. */
  count?: number | undefined;
  /** How likely a request is hit, from 0 to 1, by the sandbox's own repeatable dice; surely where it is left out. */
  probability?: number | undefined;
  /** What happens to them. */
  kind: FaultKind;
}

/** A request and its response. */
export interface JournalEntry {
  /** The exchange's number, 1 for the first, ascending. */
  seq: number;
  /** When the request came, in Unix milliseconds of the sandbox's clock. */
  time: number;
  /** The HTTP method. */
  method: string;
  /** The path and the query. */
  url: string;
  /** The operation, such as `sendMessage`, of either surface; null where no route was found. */
  operation: string | null;
  /** Names, in lower case, and values of the request's headers; the token is replaced by `[redacted]`. */
  requestHeaders: [name: string, value: string][];
  /** The request's body. */
  requestBody: string;
  /** The response's status, sent or lost on the way; null where the connection was reset before there was one. */
  status: number | null;
  /** The response's body as it was sent. */
  responseBody: string;
  /** Whether the operation was carried out. */
  acted: boolean;
  /** The fault that hit the request. */
  fault: FaultName | null;
  /** How long the response was delayed, in milliseconds. */
  delayMs: number;
}

/**
 * The workspace at one moment: contacts with all that they have, tags, custom fields, channels, users, closing notes,
 * templates. It has a form in JSON; what is inside is for the sandbox alone to read.
 */
export interface Snapshot {
  /** The form of the snapshot. */
  readonly version: number;
  readonly [part: string]: unknown;
}

/** A message that came in: its numbers are always there. */
export type ReceivedMessage = Message & { messageId: number; contactId: number; channelId: number };

/** What {@link Sandbox.configure} sets; what is left out stays as it is. */
export interface SandboxSettings {
  /** The request limit, or false for none. */
  rateLimit?: RateLimit | false | undefined;
  /** The bearer tokens that are accepted. */
  tokens?: readonly string[] | undefined;
}

/** A command as JSON, the same for `control` and for `POST /_sandbox/control`. */
export type Command =
  | { command: 'seed'; count: number; seed?: number | undefined }
  | { command: 'snapshot' }
  | { command: 'restore'; snapshot: Snapshot }
  | { command: 'reset' }
  | { command: 'receive'; contact: string; content: unknown; channelId?: number | undefined }
  | { command: 'lifecycle'; contact: string; stage: string | null }
  | { command: 'clock.now' }
  | { command: 'clock.freeze'; at?: number | undefined }
  | { command: 'clock.advance'; ms: number }
  | { command: 'clock.resume' }
  | { command: 'fault.add'; fault: Fault }
  | { command: 'fault.clear'; id?: number | undefined }
  | { command: 'journal'; since?: number | undefined }
  | { command: 'journal.clear' }
  | ({ command: 'configure' } & SandboxSettings)
  | { command: 'webhook.add'; webhook: WebhookTarget }
  | { command: 'webhook.remove'; id: number }
  | { command: 'webhook.list' }
  | { command: 'webhook.enable'; id: number }
  | { command: 'webhook.test'; id: number }
  | { command: 'webhook.emit'; event: WebhookEvent }
  | { command: 'webhook.deliveries'; since?: number | undefined }
  | { command: 'webhook.disturb'; disturbance: Disturbance }
  | { command: 'webhook.calm'; id?: number | undefined };

/** What the commands answer with. */
export interface CommandResults {
  seed: number;
  snapshot: Snapshot;
  restore: null;
  reset: null;
  receive: ReceivedMessage;
  lifecycle: null;
  'clock.now': number;
  'clock.freeze': number;
  'clock.advance': number;
  'clock.resume': number;
  'fault.add': number;
  'fault.clear': number;
  journal: JournalEntry[];
  'journal.clear': null;
  configure: null;
  'webhook.add': { id: number; key: string };
  'webhook.remove': null;
  'webhook.list': Webhook[];
  'webhook.enable': null;
  'webhook.test': null;
  'webhook.emit': number;
  'webhook.deliveries': WebhookDelivery[];
  'webhook.disturb': number;
  'webhook.calm': number;
}

/** Bytes in a buffer of their own. Compilers before TypeScript 5.7 know no `Uint8Array<ArrayBuffer>`. */
export type Bytes = ReturnType<InstanceType<typeof TextEncoder>['encode']>;

/** A response as the sandbox makes it, and what is to go wrong with it on the way. */
export interface SandboxResponse {
  /** The HTTP status; 0 where the connection is to be reset before there is one. */
  status: number;
  /** Names, in lower case, and values of the headers. */
  headers: [name: string, value: string][];
  /** The body; where the fault is a stall, what comes before it. */
  body: Bytes;
  /** How long to wait before it is sent, in milliseconds. */
  delayMs: number;
  /** The fault that hit the request; resets and stalls are for whoever sends the response to carry out. */
  fault: FaultName | null;
}

/** The sandbox in wasm: bytes in, bytes out. */
export interface SandboxCore {
  /** Answers a request that comes at `nowMs`, in Unix milliseconds. */
  handle(
    method: string,
    url: string,
    headers: readonly (readonly [name: string, value: string])[],
    body: Uint8Array,
    nowMs: number,
  ): unknown;
  /** Carries out a command. */
  control(command: unknown, nowMs: number): unknown;
  /** The numbers of the webhooks for which a delivery waits. */
  awaited(): Float64Array;
  /** The next delivery to a webhook; null where none waits. */
  nextDelivery(hook: number): unknown;
  /** Takes the status that answered a delivery, or why there was no answer. */
  delivered(seq: number, status: number | undefined, error: string): void;
}

/** The wasm module, loaded. */
export interface SandboxModule {
  SandboxCore: new (options: unknown, nowMs: number) => SandboxCore;
}
