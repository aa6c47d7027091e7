// What `webhooks-runtimes.test.mjs` runs in each runtime: the deliveries that others have signed, and a handler.

import { createWebhookHandler, verifyWebhook } from 'respond-io-wasm/webhooks';

const URL_OF_WEBHOOK = 'https://example.com/webhook';

const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

function delivery({ body, signature }, init = {}) {
  const headers = { 'x-webhook-signature': signature };
  return new Request(URL_OF_WEBHOOK, { method: 'POST', headers, body: bytesOf(body), ...init });
}

async function kindOf(request, options) {
  try {
    return (await verifyWebhook(request, options)).kind;
  } catch (error) {
    return error.reason;
  }
}

/** Gives what came of it, as JSON. `context` is what the runtime gives a handler beside the request. */
export async function program(signed, context) {
  const kinds = [];
  for (const each of signed) kinds.push(await kindOf(delivery(each), { keys: ['another key', each.key] }));
  const [message, echo] = signed;
  const tampered = await kindOf(delivery(message, { body: '{}' }), { keys: message.key });
  const capped = await kindOf(delivery(message), { keys: message.key, maxBodyBytes: 10 });
  const silent = new ReadableStream({ pull: () => new Promise(() => {}) });
  const stalled = delivery(message, { body: silent, duplex: 'half' });
  const calls = [];
  const on = { 'message.received': ({ event_id }) => void calls.push(event_id) };
  const onAny = ({ isEcho }) => void calls.push(isEcho);
  const handler = createWebhookHandler({ keys: message.key, on, onAny });
  const requests = [delivery(message), delivery(message), delivery(echo), delivery(message, { body: 'x' })];
  const answers = await Promise.all(requests.map((request) => handler(request, context)));
  const get = await handler(new Request(URL_OF_WEBHOOK));
  return JSON.stringify({
    kinds,
    tampered,
    capped,
    stalled: await kindOf(stalled, { keys: message.key, stallTimeout: 30 }),
    statuses: answers.map(({ status }) => status),
    allow: [get.status, get.headers.get('allow')],
    calls: calls.map(String).sort(),
  });
}
