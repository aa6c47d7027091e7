// Pages of this server look their own contact up and send it texts; the token stays here:
// node examples/express/server.mjs 8080

import { randomUUID } from 'node:crypto';
import express from 'express';
import { createProxy } from 'respond-io-wasm/proxy';
import { toNode } from './adapter.mjs';

const port = Number(process.argv[2] ?? 8080);
const origin = process.env.ORIGIN ?? `http://127.0.0.1:${port}`;

/** The contact of each session; an app keeps them as it likes. */
const sessions = new Map();

const proxy = createProxy({
  apiToken: process.env.RESPOND_IO_TOKEN,
  allow: { getContact: true, sendMessage: { message: { message: { type: 'text' } } } },
  authorize: (request) => {
    const [, id] = /(?:^|; )session=([^;]+)/.exec(request.headers.get('cookie') ?? '') ?? [];
    const identifier = sessions.get(id);
    return identifier !== undefined && { getContact: { identifier }, sendMessage: { identifier } };
  },
  client: { baseUrl: process.env.RESPOND_IO_BASE_URL },
});

const app = express();
app.use('/api/respond', toNode(proxy, origin));
// Whoever types an email is believed: an app asks for a password.
app.post('/sign-in', express.json(), (req, res) => {
  const id = randomUUID();
  sessions.set(id, `email:${req.body.email}`);
  res.cookie('session', id, { httpOnly: true, sameSite: 'strict' }).sendStatus(204);
});

const server = app.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
