// Webhooks: deliveries that are told apart, events by their types, handlers that fit each runtime.
import type { RespondIOError } from 'respond-io-wasm';
import {
  type CallEnded,
  type Contact,
  createWebhookHandler,
  type DedupeStore,
  EVENT_TYPES,
  type EventDelivery,
  type EventHandlers,
  type EventsByType,
  type KnownEvent,
  MemoryDedupe,
  type Message,
  type MessageReceived,
  type TestDelivery,
  type TestEvent,
  type UnknownDelivery,
  type UnknownEvent,
  type VerifyOptions,
  verifyWebhook,
  type WebhookContext,
  type WebhookDelivery,
  WebhookError,
  type WebhookErrorReason,
  type WebhookHandler,
  type WebhookHandlerOptions,
} from 'respond-io-wasm/webhooks';
import { exactly } from '../exact.js';

declare const request: Request;
declare const error: unknown;
declare const queue: { send(body: unknown): Promise<void> };
declare const env: { KEYS: readonly string[] };

export const options: Required<VerifyOptions> = {
  keys: ['one', 'two'] as const,
  acceptReserialized: true,
  maxBodyBytes: 1024,
  stallTimeout: 0,
  bodyTimeout: undefined,
};
exactly<Promise<WebhookDelivery>>()(verifyWebhook(request, options));
verifyWebhook(request, { keys: 'one' });
exactly<readonly (keyof EventsByType)[]>()(EVENT_TYPES);

const delivery = await verifyWebhook(request, { keys: env.KEYS });
exactly<string>()(delivery.id);
exactly<boolean>()(delivery.isEcho);
switch (delivery.kind) {
  case 'event':
    exactly<EventDelivery>()(delivery);
    exactly<KnownEvent>()(delivery.event);
    if (delivery.event.event_type === 'message.received') {
      exactly<MessageReceived>()(delivery.event);
      exactly<Message | null | undefined>()(delivery.event.message);
      exactly<string | number | null | undefined>()(delivery.event.message?.timestamp);
    }
    break;
  case 'unknown':
    exactly<UnknownDelivery>()(delivery);
    exactly<UnknownEvent>()(delivery.event);
    exactly<string>()(delivery.event.event_type);
    exactly<Contact | null | undefined>()(delivery.event.contact);
    exactly<unknown>()(delivery.event.whatever);
    break;
  case 'test':
    exactly<TestDelivery>()(delivery);
    exactly<TestEvent>()(delivery.event);
    exactly<false>()(delivery.isEcho);
    break;
  default:
    exactly<never>()(delivery);
}

if (error instanceof WebhookError) {
  exactly<WebhookErrorReason>()(error.reason);
  exactly<number>()(error.status);
  exactly<'WebhookError'>()(error.name);
  error satisfies RespondIOError;
  new Response(error.message, { status: error.status });
}

export const on: EventHandlers = {
  'message.received': async (event, context) => {
    exactly<MessageReceived>()(event);
    exactly<WebhookContext>()(context);
    exactly<'event' | 'unknown' | 'test'>()(context.kind);
    exactly<Request>()(context.request);
  },
  'call.ended': (event) => exactly<CallEnded>()(event),
  'message.sent': undefined,
};

const redis: DedupeStore = { claim: async (id, ttlMs) => id.length < ttlMs, release: async (id) => id.length };
export const dedupe: DedupeStore = new MemoryDedupe({ maxIds: 5, now: () => Date.now() });
exactly<boolean>()(new MemoryDedupe().claim('id', 1000));

exactly<WebhookHandler>()(
  createWebhookHandler({
    ...options,
    on,
    onUnknown: (event) => exactly<UnknownEvent>()(event),
    onTest: (event) => exactly<TestEvent>()(event),
    onAny: (any) => exactly<WebhookDelivery>()(any),
    onError: (failure, failed) => {
      exactly<unknown>()(failure);
      exactly<WebhookDelivery | undefined>()(failed);
    },
    waitUntil: (promise) => exactly<Promise<void>>()(promise),
    dedupe: redis,
    dedupeTtlMs: 1000,
  }),
);
export const handler = createWebhookHandler({ keys: 'one', enqueue: (event) => queue.send(event), dedupe: false });
export const settings: WebhookHandlerOptions = { keys: 'one', on: undefined, enqueue: undefined };

/** As a Worker's fetch, as Deno's and as Bun's. */
export const worker = {
  fetch: (incoming: Request, _env: unknown, context: { waitUntil(promise: Promise<unknown>): void }) =>
    handler(incoming, context),
};
declare function serve(handle: (incoming: Request, info: { remoteAddr: object }) => Response | Promise<Response>): void;
serve(handler);
exactly<Promise<Response>>()(handler(request));
