// A page, a proxy and a sandbox in one program that runs in every runtime.

import * as contract from 'respond-io-wasm';
import * as live from 'respond-io-wasm/live';
import * as contractProxy from 'respond-io-wasm/proxy';
import * as liveProxy from 'respond-io-wasm/proxy/live';
import { createSandbox } from 'respond-io-wasm/sandbox';

/** What comes of a few calls of a page on either surface, as JSON. */
export async function program() {
  const surfaces = [await visit('contract', contract, contractProxy), await visit('live', live, liveProxy)];
  return JSON.stringify(surfaces);
}

async function visit(surface, { RespondIO }, { createProxy }) {
  const sandbox = await createSandbox({ surface, tokens: ['the.token-1'], seed: { count: 2 }, rateLimit: false });
  const proxy = createProxy({
    apiToken: 'the.token-1',
    allow: { getContact: { identifier: ['id:1', 'id:9'] }, sendMessage: { message: { message: { type: 'text' } } } },
    authorize: (request) => request.headers.get('cookie') === 'session=1',
    client: { fetch: sandbox.fetch },
  });
  const page = new RespondIO({
    apiToken: 'page',
    baseUrl: 'https://app.example.com/api/respond',
    fetch: (url, { headers, ...init }) =>
      proxy(new Request(url, { ...init, headers: { ...headers, cookie: 'session=1' } })),
  });
  const said = (promise) => promise.then(() => 'done').catch(({ name, body }) => [name, body?.code]);
  const found = await page.contacts.get('id:1');
  const answers = {
    found: found.id,
    missing: await said(page.contacts.get('id:9')),
    refused: await said(page.contacts.get('id:2')),
    sent: await said(page.messaging.send('id:1', { message: { type: 'text', text: 'Hello, Zoë!' } })),
    deleted: await said(page.contacts.delete('id:1')),
  };
  const stranger = await proxy(new Request('https://app.example.com/api/respond/contact/id:1'));
  const arrived = sandbox.journal().map(({ operation }) => operation);
  return { ...answers, stranger: stranger.status, arrived };
}
