// A server that a webhook wakes: it tags whoever has written and replies, once for each message. See README.md.

import { type Identifier, RespondIO } from 'respond-io-wasm';
import { createWebhookHandler } from 'respond-io-wasm/webhooks';

const client = new RespondIO({
  apiToken: Deno.env.get('RESPOND_IO_TOKEN'),
  baseUrl: Deno.env.get('RESPOND_IO_BASE_URL'),
});

/** What goes on after its answer. */
const underway = new Set<Promise<void>>();

const webhook = createWebhookHandler({
  keys: Deno.env.get('RESPOND_IO_SIGNING_KEY') ?? '',
  // Nothing for message.sent: every reply comes back as one, and a bot that answers those never ends.
  on: { 'message.received': ({ contact }) => contact?.id && reply({ id: contact.id }) },
  // The answer goes first: a webhook that is answered slowly is disabled in the end.
  waitUntil: (work) => {
    underway.add(work);
    work.then(() => underway.delete(work));
  },
  onError: (error, delivery) => console.error(delivery?.id, (error as Error).message),
});

const server = Deno.serve({ hostname: '127.0.0.1', port: Number(Deno.env.get('PORT') ?? 8000) }, webhook);

Deno.addSignalListener('SIGTERM', async () => {
  await server.shutdown();
  await Promise.all(underway);
  Deno.exit();
});

/** What it throws makes the event new, unless the message may have gone out all the same. */
async function reply(contact: Identifier) {
  await client.contacts.addTags(contact, ['wrote-in']);
  const text = 'Thank you, we have got your message.';
  await client.messaging.send(contact, { message: { type: 'text', text } });
}
