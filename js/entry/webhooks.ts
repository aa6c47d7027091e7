export type * from '../generated/events.js';
export { EVENT_TYPES } from '../generated/events.js';
export { type DedupeStore, MemoryDedupe } from '../webhooks/dedupe.js';
export { WebhookError, type WebhookErrorReason } from '../webhooks/error.js';
export { createWebhookHandler } from '../webhooks/handler.js';
export type {
  EventDelivery,
  EventHandlers,
  KnownEvent,
  TestDelivery,
  TestEvent,
  UnknownDelivery,
  UnknownEvent,
  VerifyOptions,
  WebhookContext,
  WebhookDelivery,
  WebhookHandler,
  WebhookHandlerOptions,
} from '../webhooks/types.js';
export { verifyWebhook } from '../webhooks/verify.js';
