import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { RespondIO } from 'respond-io-wasm';
import { hanging, json, scripted } from './scripted.mjs';

const SECRET = 'very-secret-token-1234567890';

/** Everything that an object shows of itself. */
function shown(value) {
  const deep = inspect(value, { depth: 20, showHidden: true, getters: true });
  return [
    deep,
    String(value),
    value?.stack,
    value?.message,
    JSON.stringify(value),
    JSON.stringify(Object.getOwnPropertyDescriptors(value ?? {})),
  ].join('\n');
}

test('the token is in nothing that an object of ours shows', async () => {
  const answers = [
    json({ message: 'no', status: 401 }, { status: 401 }),
    new TypeError('fetch failed'),
    json('{'),
    json({ id: 'x' }),
    () => new Response('', { status: 302 }),
    hanging,
    json({ items: [{ id: 1 }], pagination: { cursorId: 1, hasMore: true } }),
  ];
  const { client } = scripted(answers, { apiToken: SECRET, maxRetries: 0, timeout: 20 });
  const objects = [client, client.contacts, client.contacts.list(), RespondIO];
  for (let i = 0; i < 6; i++) {
    const call = client.contacts.get('id:1');
    objects.push(call);
    objects.push(await call.catch((error) => error));
  }
  objects.push(await client.contacts.list());
  for (const object of objects) assert.ok(!shown(object).includes(SECRET), inspect(object));
  assert.equal(objects.filter((object) => object instanceof Error).length, 6);
});

test('a token that the service repeats in a refusal is in no error', async () => {
  const escaped = [...SECRET].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('');
  for (const body of [
    JSON.stringify({ message: `no ${SECRET}`, request: { headers: [{ authorization: `Bearer ${SECRET}` }] } }),
    `{"message":"no ${escaped}"}`,
    `<pre>Authorization: Bearer ${SECRET}</pre>`,
  ]) {
    for (const status of [400, 401, 500]) {
      const answer = () => new Response(body, { status });
      const { client } = scripted([answer], { apiToken: async () => SECRET, maxRetries: 0 });
      const error = await client.contacts.get('id:1').catch((error) => error);
      assert.ok(!shown(error).includes(SECRET), inspect(error));
      assert.match(inspect(error), /\[token\]/);
    }
  }
});

test('a refused token is not repeated in the error', () => {
  assert.throws(
    () => new RespondIO({ apiToken: `${SECRET}\n` }),
    (error) => !shown(error).includes(SECRET),
  );
});
