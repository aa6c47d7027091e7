import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RespondIO } from 'respond-io-wasm';
import { CROWDS, many } from './crowds.mjs';
import { Dice } from './dice.mjs';
import { ANSWERS, document, padded } from './documents.mjs';
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
      text = padded(dice, document(dice, ANSWERS[id]));
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

/** The page that a client makes of a text. */
async function pageOf(text) {
  const { client } = scripted([() => new Response(text)], { rateLimit: false, responseValidation: 'off' });
  return { ...(await client.contacts.list()) };
}

for (const [name, text] of Object.entries(CROWDS)) {
  test(`a page of ${name} is what JSON.parse gives`, async () => {
    const { items } = JSON.parse(text);
    assertSame((await pageOf(text)).items, items);
  });
}

test('500 pages of up to 100 contacts are what JSON.parse gives', async () => {
  const dice = new Dice(6);
  const [, { id }] = [...shapes].find(([name]) => name === 'Contact');
  let accepted = 0;
  for (let index = 0; index < 500; index++) {
    const kinds = Array.from({ length: 1 + dice.below(4) }, () => document(dice, ANSWERS[id]));
    const text = many(dice.below(100), () => dice.pick(dice.oneIn(5) ? [document(dice, ANSWERS[id])] : kinds));
    try {
      assertSame((await pageOf(text)).items, JSON.parse(text).items);
      accepted += 1;
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      assertRefused(error, new TextEncoder().encode(text));
    }
  }
  assert.ok(accepted > 250, `${accepted}`);
});

test('a cut anywhere in a page is a DecodeError', async () => {
  const text = JSON.stringify({
    items: [{ id: 1, firstName: 'Aïda', tags: ['a'], customFields: [{ name: 'n', value: null }] }],
    pagination: { cursorId: null, hasMore: false },
  });
  const bytes = new TextEncoder().encode(' '.repeat(2000) + text);
  const { client } = scripted(
    Array.from(bytes, (_, length) => () => new Response(bytes.subarray(0, length))),
    { rateLimit: false },
  );
  for (const _ of bytes) await assert.rejects(Promise.resolve(client.contacts.list()), { name: 'DecodeError' });
});
