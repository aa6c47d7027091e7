import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json, scripted } from './scripted.mjs';

/** A small seeded generator, so that a failure can be repeated. */
function generator(seed) {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const NAMES = [
  'id',
  'firstName',
  'tags',
  'customFields',
  'assignee',
  'new',
  '__proto__',
  'constructor',
  '\\u0069d',
  'é',
  '',
];
const SCALARS = [
  'null',
  'true',
  '0',
  '-0',
  '1.5',
  '1e3',
  '-1E-7',
  '9007199254740991',
  '"a"',
  '"\\ud83d\\ude00"',
  '"\\ud800"',
  '"é\\n\\/"',
  '""',
];

/** The text of a document: valid JSON of any kind, keys twice, escapes and surrogates included. */
function document(random, depth = 0) {
  const kind = random(depth > 3 ? 1 : 3);
  const many = Array.from({ length: random(5) });
  const space = [' ', '', '\n\t'][random(3)];
  if (kind === 0) return space + SCALARS[random(SCALARS.length)];
  if (kind === 1) return `[${many.map(() => document(random, depth + 1)).join(',')}${space}]`;
  return `{${many.map(() => `"${NAMES[random(NAMES.length)]}"${space}:${document(random, depth + 1)}`).join(',')}}`;
}

test('the value has the content that JSON.parse gives, for 3,000 documents', async () => {
  const random = generator(7);
  const documents = Array.from({ length: 3000 }, () => document(random));
  const { client } = scripted(
    documents.map((text) => () => json(text)),
    { responseValidation: 'off' },
  );
  let compared = 0;
  for (const text of documents) {
    const value = await client.contacts.get('id:1').catch((error) => error);
    if (value?.name === 'DecodeError') {
      assert.equal(value.rule, 'unsafe_integer', `${text}: ${value.message}`);
      continue;
    }
    assert.deepEqual(value, JSON.parse(text));
    assert.equal(JSON.stringify(value), JSON.stringify(JSON.parse(text)));
    compared += 1;
  }
  assert.ok(compared > 2900, `${compared} documents were compared`);
});

test('a cut anywhere in a page is a DecodeError', async () => {
  const text = JSON.stringify({
    items: [{ id: 1, firstName: 'Aïda', tags: ['a'], customFields: [{ name: 'n', value: null }] }],
    pagination: { cursorId: null, hasMore: false },
  });
  const bytes = new TextEncoder().encode(text);
  const { client } = scripted(Array.from(bytes, (_, length) => () => new Response(bytes.subarray(0, length))));
  for (const _ of bytes) await assert.rejects(Promise.resolve(client.contacts.list()), { name: 'DecodeError' });
});

test('__proto__ and constructor of a response pollute nothing', async () => {
  const { client } = scripted([json('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')]);
  const contact = await client.contacts.get('id:1');
  assert.deepEqual(Object.keys(contact), ['__proto__', 'constructor']);
  assert.equal({}.polluted, undefined);
  assert.equal(Object.getPrototypeOf(contact), Object.prototype);
});
