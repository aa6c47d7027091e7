import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sandboxed, scene, TOKEN } from './scene.mjs';
import { SURFACES } from './surfaces.mjs';

const without = ({ seq: _, requestHeaders: __, ...entry }) => entry;

for (const surface of SURFACES) {
  for (const { id, args, call } of surface.calls) {
    test(`${surface.name}, ${id}: a page gets through the proxy what a client with the token gets`, async () => {
      const direct = await sandboxed({ surface: surface.name });
      const options = { fetch: direct.fetch, rateLimit: false, maxRetries: 0 };
      const client = new surface.Client({ apiToken: TOKEN, ...options });
      const { sandbox, page } = await scene({ allow: [id] }, surface);
      const settle = (client) =>
        Promise.resolve(call(client, ...args)).catch(({ name, statusCode }) => ({ name, statusCode }));
      assert.deepEqual(plain(await settle(page)), plain(await settle(client)));
      assert.deepEqual(sandbox.journal().map(without), direct.journal().map(without));
      assert.equal(sandbox.journal()[0].operation, id);
      assert.deepEqual(sandbox.journal()[0].requestHeaders, direct.journal()[0].requestHeaders);
    });
  }
}

/** A value without the methods of a page. */
function plain(value) {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

test('every operation of both surfaces is there', () => {
  assert.deepEqual(
    SURFACES.map(({ calls }) => new Set(calls.map(({ id }) => id)).size),
    [20, 28],
  );
});
