// An app with both: /api/respond lets its pages call the service, /webhook tags whoever has written and replies once.

import { Hono } from 'hono';
import { setSignedCookie } from 'hono/cookie';
import { timingSafeEqual } from 'hono/utils/buffer';
import { parseSigned } from 'hono/utils/cookie';
import { RespondIO } from 'respond-io-wasm';
import { createProxy } from 'respond-io-wasm/proxy';
import { createWebhookHandler } from 'respond-io-wasm/webhooks';

const apiToken = process.env.RESPOND_IO_TOKEN;
const baseUrl = process.env.RESPOND_IO_BASE_URL;
const { SESSION_SECRET, TEAM_PASSWORD } = process.env;
if (!SESSION_SECRET || !TEAM_PASSWORD) throw new Error('SESSION_SECRET and TEAM_PASSWORD must be set');

const DAY_MS = 86_400_000;

const proxy = createProxy({
  apiToken,
  allow: { listContacts: true, sendMessage: { message: { message: { type: 'text' } } } },
  authorize: isSignedIn,
  client: { baseUrl },
});

const client = new RespondIO({ apiToken, baseUrl });
const webhook = createWebhookHandler({
  keys: process.env.RESPOND_IO_SIGNING_KEY,
  // Nothing for message.sent: every reply comes back as one, and a bot that answers those never ends.
  on: { 'message.received': ({ contact }) => contact?.id && reply({ id: contact.id }) },
  // The answer goes first. The process lives on anyway; in a Worker give the handler `c.executionCtx` instead.
  waitUntil: () => {},
  onError: (error, delivery) => console.error(delivery?.id, error.message),
});

const app = new Hono();
app.all('/api/respond/*', (c) => proxy(c.req.raw));
app.post('/webhook', (c) => webhook(c.req.raw));
app.post('/sign-in', async (c) => {
  const { password } = await c.req.parseBody();
  if (!(await timingSafeEqual(String(password), TEAM_PASSWORD))) return c.text('This is not the password.', 401);
  const options = { httpOnly: true, sameSite: 'Strict', secure: true, path: '/', maxAge: DAY_MS / 1000 };
  await setSignedCookie(c, 'session', String(Date.now() + DAY_MS), SESSION_SECRET, options);
  return c.body(null, 204);
});

export default app;

/** The cookie says until when its session lasts, and is signed. An app with users of its own asks for those. */
async function isSignedIn(request) {
  const { session } = await parseSigned(request.headers.get('cookie') ?? '', SESSION_SECRET, 'session');
  return Number(session) > Date.now();
}

/** What it throws makes the event new, unless the message may have gone out all the same. */
async function reply(contact) {
  await client.contacts.addTags(contact, ['wrote-in']);
  const text = 'Thank you, we have got your message.';
  await client.messaging.send(contact, { message: { type: 'text', text } });
}
