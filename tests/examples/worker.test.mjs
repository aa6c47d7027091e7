import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Miniflare } from 'miniflare';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { bundle, mainOf } from '../runtimes.mjs';

let server;
let worker;

before(async () => {
  server = await serveSandbox({ port: 0 });
  worker = new Miniflare({
    compatibilityDate: '2026-04-01',
    modules: await bundle(mainOf('examples/worker/worker.js')),
    bindings: { RESPOND_IO_TOKEN: 'sandbox', RESPOND_IO_BASE_URL: `${server.url}/v2` },
  });
  await worker.ready;
});

after(async () => {
  await worker?.dispose();
  await server?.close();
});

async function post(body) {
  const response = await worker.dispatchFetch('http://worker/', { method: 'POST', body });
  return [response.status, await response.json(), response.headers.get('retry-after')];
}

test('the Worker makes a contact of a sign-up', async () => {
  const signUp = JSON.stringify({ email: 'aida@example.com', firstName: 'Aida' });
  assert.deepEqual(await post(signUp), [200, { id: 1 }, null]);
  assert.equal(server.sandbox.journal().at(-1).requestBody, '{"firstName":"Aida"}');
});

test('the Worker answers a wrong sign-up with 400 and sends nothing', async () => {
  const before = server.sandbox.journal().length;
  const [status, { error }] = await post(JSON.stringify({ email: 'aida', firstName: 'Aida' }));
  assert.equal(status, 400);
  assert.match(error, /^createOrUpdateContact: identifier must be/);
  assert.deepEqual(await post('{'), [400, { error: 'The body is not JSON.' }, null]);
  assert.equal(server.sandbox.journal().length, before);
});

test('the Worker passes on how long to wait', async () => {
  const kind = { type: 'status', status: 429, retryAfter: 90 };
  server.sandbox.faults.add({ operation: 'createOrUpdateContact', count: 1, kind });
  const signUp = JSON.stringify({ email: 'omar@example.com', firstName: 'Omar' });
  assert.deepEqual(await post(signUp), [503, { error: 'There are too many sign-ups at once.' }, '90']);
});
