// A Cloudflare Worker that a webhook wakes: it tags whoever has written and replies, once for each message.

import { DurableObject, env } from 'cloudflare:workers';
import { RespondIO } from 'respond-io-wasm';
import { createWebhookHandler } from 'respond-io-wasm/webhooks';

const client = new RespondIO({ apiToken: env.RESPOND_IO_TOKEN, baseUrl: env.RESPOND_IO_BASE_URL });

const webhook = createWebhookHandler({
  keys: env.RESPOND_IO_SIGNING_KEY,
  // Nothing for message.sent: every reply comes back as one, and a bot that answers those never ends.
  on: { 'message.received': ({ contact }) => contact?.id && reply({ id: contact.id }) },
  dedupe: {
    claim: (id, ttlMs) => seen(id).claim(ttlMs),
    release: (id) => seen(id).release(),
  },
  onError: (error, delivery) => console.error(delivery?.id, error.message),
});

export default {
  // The context's waitUntil lets the answer go first: a webhook that is answered slowly is disabled in the end.
  fetch: (request, _env, context) => webhook(request, context),
};

/** What it throws makes the event new, unless the message may have gone out all the same. */
async function reply(contact) {
  await client.contacts.addTags(contact, ['wrote-in']);
  const text = 'Thank you, we have got your message.';
  await client.messaging.send(contact, { message: { type: 'text', text } });
}

function seen(id) {
  return env.SEEN.get(env.SEEN.idFromName(id));
}

/** Remembers one event, by an alarm that goes off when the event may be forgotten and leaves nothing behind. */
export class Seen extends DurableObject {
  async claim(ttlMs) {
    if ((await this.ctx.storage.getAlarm()) !== null) return false;
    await this.ctx.storage.setAlarm(Date.now() + ttlMs);
    return true;
  }

  async release() {
    await this.ctx.storage.deleteAlarm();
  }

  alarm() {}
}
