// Webhooks: options that do not exist, events that were not told apart, handlers of other events.
import {
  createWebhookHandler,
  MemoryDedupe,
  verifyWebhook,
  type WebhookDelivery,
  type WebhookError,
} from 'respond-io-wasm/webhooks';

declare const request: Request;
declare const message: { headers: { host: string }; method: string };
declare const delivery: WebhookDelivery;
declare const error: WebhookError;

// @ts-expect-error
verifyWebhook(request);
// @ts-expect-error
verifyWebhook(request, {});
// @ts-expect-error
verifyWebhook(request, 'key');
// @ts-expect-error
verifyWebhook(request, { key: 'one' });
// @ts-expect-error
verifyWebhook(request, { keys: undefined });
// @ts-expect-error
verifyWebhook(request, { keys: ['one', undefined] });
// @ts-expect-error
verifyWebhook(request, { keys: 'one', acceptReserialised: true });
// @ts-expect-error
verifyWebhook(request, { keys: 'one', maxBodyBytes: '1mb' });
// @ts-expect-error
verifyWebhook(message, { keys: 'one' });
// @ts-expect-error
verifyWebhook(request, { keys: 'one', on: {} });
// @ts-expect-error
verifyWebhook(request, { keys: 'one' }).kind;

// @ts-expect-error
delivery.event.contact.firstName;
// @ts-expect-error
export const isOther = delivery.kind === 'message.received';
// @ts-expect-error
if (delivery.kind === 'event') delivery.event.message;
// @ts-expect-error
if (delivery.kind === 'event' && delivery.event.event_type === 'message.recieved') delivery.id;
// @ts-expect-error
if (delivery.kind === 'unknown') delivery.event.whatever.length;
// @ts-expect-error
export const isMissing = error.reason === 'missing';
// @ts-expect-error
error.status = 200;

// @ts-expect-error
createWebhookHandler();
// @ts-expect-error
createWebhookHandler({ on: {} });
// @ts-expect-error
createWebhookHandler({ keys: 'one', on: { 'message.recieved': () => {} } });
// @ts-expect-error
createWebhookHandler({ keys: 'one', on: { 'call.ended': (event) => event.message } });
// @ts-expect-error
createWebhookHandler({ keys: 'one', on: { 'message.received': 'log' } });
// @ts-expect-error
createWebhookHandler({ keys: 'one', dedupe: true });
// @ts-expect-error
createWebhookHandler({ keys: 'one', dedupe: { claim: () => true } });
// @ts-expect-error
createWebhookHandler({ keys: 'one', dedupe: { claim: () => 'OK', release: () => {} } });
// @ts-expect-error
createWebhookHandler({ keys: 'one', onUnknown: (event) => event.whatever.length });
// @ts-expect-error
createWebhookHandler({ keys: 'one' })();
// @ts-expect-error
createWebhookHandler({ keys: 'one' })(message);
// @ts-expect-error
new MemoryDedupe(10);
// @ts-expect-error
new MemoryDedupe({ now: Date });
