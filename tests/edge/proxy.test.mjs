import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RespondIO } from 'respond-io-wasm';
import { CALLS } from '../js/operations.mjs';
import { ALL, sandboxed, scene, TOKEN } from './scene.mjs';

const without = ({ seq: _, requestHeaders: __, ...entry }) => entry;

for (const { id, args, call } of CALLS) {
  test(`${id}: a page gets through the proxy what a client with the token gets`, async () => {
    const direct = await sandboxed();
    const client = new RespondIO({ apiToken: TOKEN, fetch: direct.fetch, rateLimit: false, maxRetries: 0 });
    const { sandbox, page } = await scene({ allow: [id] });
    const settle = (client) => call(client, ...args).catch(({ name, statusCode }) => ({ name, statusCode }));
    assert.deepEqual(await settle(page), await settle(client));
    assert.deepEqual(sandbox.journal().map(without), direct.journal().map(without));
    assert.equal(sandbox.journal()[0].operation, id);
    assert.deepEqual(sandbox.journal()[0].requestHeaders, direct.journal()[0].requestHeaders);
  });
}

test('there are twenty operations', () => {
  assert.deepEqual(CALLS.map(({ id }) => id).sort(), [...ALL].sort());
});
