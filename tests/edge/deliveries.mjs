// Deliveries as a webhook's sender makes them, signed by Node's own crypto and not by what is tested.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The signing key of the deliveries. */
export const KEY = 'whsec_0123456789abcdef';

/** Where they are delivered. */
const URL_OF_WEBHOOK = 'https://example.com/webhook';

/** The signature of a body. @returns {string} */
export function sign(body, key = KEY) {
  return createHmac('sha256', key).update(body).digest('base64');
}

/**
 * A delivery.
 *
 * @param {string | Uint8Array | object} content - The body, or the event that it says.
 * @param {{ key?: string, signature?: string | null, method?: string, body?: BodyInit | null }} [options] - What differs
 * from a right one; `body` is sent in the place of the signed one, and null for a signature leaves its header out.
 * @returns {Request}
 */
export function delivery(content, { key, signature, method = 'POST', body } = {}) {
  const bytes = typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content);
  const headers = signature === null ? {} : { 'x-webhook-signature': signature ?? sign(bytes, key) };
  const init = { method, headers };
  if (!['GET', 'HEAD'].includes(method)) Object.assign(init, { body: body ?? bytes, duplex: 'half' });
  return new Request(URL_OF_WEBHOOK, init);
}

/** What a promise is rejected with. */
export async function refusalOf(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was refused');
}

/** The deliveries that Python and openssl have signed alike; `body` is bytes. */
export function signedByOthers() {
  const all = JSON.parse(readFileSync(new URL('signatures.json', import.meta.url), 'utf8'));
  return all.map(({ body, ...rest }) => ({ ...rest, body: Buffer.from(body, 'base64') }));
}

/** A body that comes in pieces, each after so many milliseconds; it never ends where `ends` is false. */
export function slow(pieces, ms, ends = true) {
  const left = [...pieces];
  return new ReadableStream({
    async pull(controller) {
      if (!left.length) return ends ? controller.close() : new Promise(() => {});
      await new Promise((resolve) => setTimeout(resolve, ms));
      controller.enqueue(Buffer.from(left.shift()));
    },
  });
}
