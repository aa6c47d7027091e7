import { readBody } from '../body.js';
import { Bounds } from '../bounds.js';
import { fail } from '../option.js';
import { TooSlow } from '../time.js';
import { checkVerify, type VerifySettings } from './check.js';
import { deliveryOf, parse } from './delivery.js';
import { WebhookError } from './error.js';
import { isSigned, signatureOf } from './signature.js';
import type { VerifyOptions, WebhookDelivery } from './types.js';

/**
 * Verifies that a request is a delivery of a webhook, and reads it.
 *
 * The signature is compared in constant time, with the bytes as they came. There is no time in a delivery, so that a
 * recorded one stays right for ever: whoever acts on it remembers its `id`, as {@link createWebhookHandler} does.
 *
 * @throws {@link WebhookError} where the delivery is refused; its `status` is what to answer with.
 * @throws {@link ValidationError} where the options are wrong, or `request` is no `Request`.
 * @example
 * ```ts
 * const request = new Request('https://example.com/webhook', { method: 'POST', body: '{}' });
 * const delivery = await verifyWebhook(request, { keys: 'the signing key' });
 * if (delivery.kind === 'event' && delivery.event.event_type === 'message.received') {
 *   console.log(delivery.event.contact?.firstName, delivery.event.message?.message);
 * }
 * ```
 */
export async function verifyWebhook(request: Request, options: VerifyOptions): Promise<WebhookDelivery> {
  return verify(request, checkVerify(options));
}

/** Does the same with options that were checked. */
export async function verify(request: Request, settings: VerifySettings): Promise<WebhookDelivery> {
  if (!isRequest(request)) {
    fail('request', 'must be a Request as fetch knows it; make one of what node:http or a framework gives');
  }
  if (request.method !== 'POST') throw new WebhookError('a webhook is delivered by POST', 'method');
  const signature = signatureOf(request);
  const keys = await settings.keys();
  const bytes = await read(request, settings);
  if (!(await isSigned(bytes, signature, keys)) && !(await isReserialized(bytes, signature, keys, settings))) {
    throw new WebhookError(
      'the signature is not that of the body; keys must hold the signing key of this very webhook',
      'signature_mismatch',
    );
  }
  return deliveryOf(parse(bytes), signature);
}

/** Whether it is a request as fetch knows it, of whatever realm. */
export function isRequest(request: Request): boolean {
  return typeof request?.headers?.get === 'function';
}

/** Whether the sender has signed what it read instead of what it sent. */
async function isReserialized(
  bytes: Uint8Array,
  signature: string,
  keys: readonly string[],
  { acceptReserialized }: VerifySettings,
): Promise<boolean> {
  const value = acceptReserialized ? parse(bytes) : undefined;
  if (value === undefined) return false;
  return isSigned(new TextEncoder().encode(JSON.stringify(value)), signature, keys);
}

async function read(request: Request, settings: VerifySettings): Promise<Uint8Array<ArrayBuffer>> {
  if (request.bodyUsed || request.body?.locked) {
    throw new WebhookError(
      "the request's body was read before; verify first, or read the body of request.clone()",
      'body_used',
    );
  }
  const bytes = await readInTime(request, settings);
  if (bytes) return bytes;
  throw new WebhookError(`the body must be of at most ${settings.maxBodyBytes} bytes`, 'too_large');
}

async function readInTime(request: Request, { maxBodyBytes, stallTimeout, bodyTimeout }: VerifySettings) {
  const bounds = new Bounds(bodyTimeout, stallTimeout);
  try {
    return await readBody(request, maxBodyBytes, bounds);
  } catch (error) {
    if (error instanceof TooSlow) throw new WebhookError('the body did not come in time', 'stalled');
    throw new WebhookError('the body could not be read to its end', 'body', error);
  } finally {
    bounds.close();
  }
}
