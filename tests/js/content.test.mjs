import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RespondIO } from 'respond-io-wasm';
import { Dice } from './dice.mjs';
import { ANSWERS, document } from './documents.mjs';
import { assertRefused, assertSame, assertTyped } from './judged.mjs';
import { CALLS } from './operations.mjs';
import { scripted } from './scripted.mjs';

const COUNT = 20_000;

/** One operation for each kind of answer. */
const shapes = new Map(CALLS.filter(({ id }) => ANSWERS[id]).map((call) => [nameOf(ANSWERS[call.id]), call]));

function nameOf(kind) {
  return kind.type === 'array' ? `${nameOf(kind.items)}[]` : kind.model;
}

for (const [name, { id, args, call }] of shapes) {
  test(`${COUNT} documents of the shape ${name} are what JSON.parse gives`, async () => {
    const dice = new Dice(1);
    let text;
    const fetch = async () => new Response(text);
    const client = new RespondIO({ apiToken: 'token', fetch, rateLimit: false, responseValidation: 'off' });
    let accepted = 0;
    for (let index = 0; index < COUNT; index++) {
      text = document(dice, ANSWERS[id]);
      try {
        const value = await call(client, ...args);
        assertSame(value, JSON.parse(text));
        accepted += 1;
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        assertTyped(error, text);
        assertRefused(error, new TextEncoder().encode(text));
      }
    }
    assert.ok(accepted > COUNT / 2 && accepted < COUNT, `${accepted} of ${COUNT} were accepted`);
  });
}

test('every kind of answer was tried', () => {
  assert.deepEqual([...shapes.keys()].sort(), [
    'Channel[]',
    'Contact',
    'ContactPage',
    'Conversation',
    'CustomField',
    'CustomField[]',
    'Message',
    'MessageResult',
    'Tag',
  ]);
});

test('a cut anywhere in a page is a DecodeError', async () => {
  const text = JSON.stringify({
    items: [{ id: 1, firstName: 'Aïda', tags: ['a'], customFields: [{ name: 'n', value: null }] }],
    pagination: { cursorId: null, hasMore: false },
  });
  const bytes = new TextEncoder().encode(text);
  const { client } = scripted(
    Array.from(bytes, (_, length) => () => new Response(bytes.subarray(0, length))),
    { rateLimit: false },
  );
  for (const _ of bytes) await assert.rejects(Promise.resolve(client.contacts.list()), { name: 'DecodeError' });
});
