// What `live-runtimes.test.mjs` runs in each runtime: both entries in one program, each over its own wasm module.

import * as contract from 'respond-io-wasm';
import * as live from 'respond-io-wasm/live';

/** Gives what came of it, as JSON. */
export async function program() {
  await live.ready();
  const sent = [];
  const fetch = async (url, { method }) => {
    sent.push(`${method} ${new URL(url).pathname}`);
    if (url.endsWith('/contact/id:2'))
      return Response.json({ code: 404, message: 'Contact not found' }, { status: 404 });
    return Response.json({ items: [{ id: 7 }], pagination: { next: null } });
  };
  const options = { apiToken: 'token', fetch, rateLimit: false, responseValidation: 'off' };
  const [ours, theirs] = [new contract.RespondIO(options), new live.RespondIO(options)];
  const users = [];
  for await (const { id } of theirs.space.listUsers()) users.push(id);
  await ours.contacts.list();
  const error = await theirs.contacts.get('id:2').catch((error) => error);
  return JSON.stringify({ sent, users, isOne: error instanceof contract.NotFoundError, reason: error.reason });
}
