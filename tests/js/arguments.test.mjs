import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ValidationError } from 'respond-io-wasm';
import { json, scripted } from './scripted.mjs';

const cyclic = { name: 'a', value: 'b' };
cyclic.self = [cyclic];
let deep = [];
for (let i = 0; i < 200; i++) deep = [deep];

const refused = [
  ['NaN', { firstName: Number.NaN }, 'contact.firstName', 'not_finite'],
  [
    'an infinity in an array',
    { customFields: [{ name: 'a', value: -Infinity }] },
    'contact.customFields[0].value',
    'not_finite',
  ],
  ['a BigInt', { firstName: 1n }, 'contact.firstName', 'not_json'],
  ['a function', { firstName: () => {} }, 'contact.firstName', 'not_json'],
  ['a symbol', { firstName: Symbol('x') }, 'contact.firstName', 'not_json'],
  ['a cycle', { customFields: [cyclic] }, 'contact.customFields[0].self[0]', 'cycle'],
  ['a Map', { customFields: new Map() }, 'contact.customFields', 'not_json'],
  ['a Promise', { firstName: Promise.resolve('Aida') }, 'contact.firstName', 'not_json'],
  ['a number object that is NaN', { firstName: new Number(Number.NaN) }, 'contact.firstName', 'not_finite'],
  ['a toJSON that gives NaN', { firstName: { toJSON: () => Number.NaN } }, 'contact.firstName', 'not_finite'],
  ['a wrong kind', { firstName: 1 }, 'contact.firstName', 'kind'],
  ['null for a field that takes none', { firstName: null }, 'contact.firstName', 'kind'],
  ['an unknown field', { nickname: 'x' }, 'contact.nickname', 'unknown_field'],
  ['an own __proto__ field', JSON.parse('{"__proto__":{}}'), 'contact.__proto__', 'unknown_field'],
  ['an email without its form', { email: 'aida' }, 'contact.email', 'email'],
  ['a uri without its form', { profilePic: 'a.png' }, 'contact.profilePic', 'uri'],
  ['a missing field', { customFields: [{ name: 'a' }] }, 'contact.customFields[0].value', 'required'],
];

for (const [name, contact, path, rule] of refused) {
  test(`${name} is refused before anything is sent`, async () => {
    const { client, requests } = scripted([]);
    await assert.rejects(client.contacts.create(contact), (error) => {
      assert.ok(error instanceof ValidationError);
      assert.equal(error.rule, rule);
      assert.equal(error.path, path);
      assert.equal(error.operation, 'createContact');
      assert.equal(error.attempts, 0);
      assert.ok(error.message.includes(error.path));
      return true;
    });
    assert.equal(requests.length, 0);
  });
}

test('a value that is no plain object is refused as a whole', async () => {
  const { client, requests } = scripted([]);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = Object.defineProperty({}, 'firstName', { enumerable: true, get: () => assert.fail('boom') });
  for (const contact of [new Map(), new Set(), Promise.resolve({}), /x/, new Error('x'), proxy, throwing]) {
    await assert.rejects(client.contacts.update('id:1', contact), { name: 'ValidationError', rule: 'not_json' });
  }
  for (const query of [50, true, 'x', [1], null, Promise.resolve({}), () => {}]) {
    await assert.rejects(Promise.resolve(client.contacts.list(query)), { name: 'ValidationError' }, String(query));
    const iterate = async () => {
      for await (const _ of client.contacts.list(query)) assert.fail();
    };
    await assert.rejects(iterate, { name: 'ValidationError' }, String(query));
  }
  assert.equal(requests.length, 0);
});

test('a date is sent as JSON writes it, an object without a prototype as an object', async () => {
  const { client, requests } = scripted([json({})]);
  const contact = Object.assign(Object.create(null), { firstName: new Date(0), lastName: new String('Lim') });
  await client.contacts.create(contact);
  assert.equal(requests[0].body, '{"firstName":"1970-01-01T00:00:00.000Z","lastName":"Lim"}');
});

test('too deep a value is refused', async () => {
  const { client } = scripted([]);
  const template = { name: 'welcome', components: deep };
  const call = client.messaging.send('id:1', { message: { type: 'whatsapp_template', template } });
  await assert.rejects(call, { name: 'ValidationError', rule: 'depth' });
});

test('too large an input is refused', async () => {
  const { client } = scripted([]);
  for (const text of ['x'.repeat(2 ** 20), 'é'.repeat(2 ** 19)]) {
    await assert.rejects(client.comments.create('id:1', { text }), { name: 'ValidationError', rule: 'too_large' });
  }
});

test('a missing argument is refused', async () => {
  const { client } = scripted([]);
  await assert.rejects(client.contacts.get(), { name: 'ValidationError', path: 'identifier', rule: 'required' });
});

test('what is undefined counts as left out', async () => {
  const { client, requests } = scripted([json({})]);
  await client.contacts.create({ firstName: 'Aida', email: undefined });
  assert.equal(requests[0].body, '{"firstName":"Aida"}');
});

test('null is sent as null', async () => {
  const { client, requests } = scripted([json('')]);
  await client.conversations.assign('id:1', { assignee: null });
  assert.equal(requests[0].body, '{"assignee":null}');
});

test('arguments are taken as they are at the moment of the call', async () => {
  const { client, requests } = scripted([json({}), json({})]);
  const contact = { firstName: 'Aida', customFields: [{ name: 'a', value: 'b' }] };
  const identifier = { email: 'a@b' };
  const headers = { 'x-a': '1' };
  const first = client.contacts.create(contact, { headers });
  const second = client.contacts.update(identifier, contact);
  contact.firstName = 'Changed';
  contact.customFields[0].value = 'changed';
  identifier.email = 'changed@b';
  headers['x-a'] = 'changed';
  await Promise.all([first, second]);
  assert.equal(requests[0].body, '{"firstName":"Aida","customFields":[{"name":"a","value":"b"}]}');
  assert.equal(requests[0].headers['x-a'], '1');
  assert.ok(requests[1].url.endsWith('/contact/email:a@b'));
});

test('identifiers never change the path', async () => {
  const { client, requests } = scripted(Array.from({ length: 6 }, () => json({})));
  const identifiers = [
    'email:a/../../tag@b',
    'email:a?x=1@b',
    'email:a#b@c',
    'email:%2e%2e%2f@b',
    'email:a\\..\\@b',
    { email: 'ü/@b' },
  ];
  for (const identifier of identifiers) await client.contacts.get(identifier);
  for (const { url } of requests) {
    const { pathname, search, hash } = new URL(url);
    assert.match(pathname, /^\/v2\/contact\/email:[^/]+$/);
    assert.equal(search + hash, '');
  }
  assert.equal(decodeURIComponent(new URL(requests[0].url).pathname), '/v2/contact/email:a/../../tag@b');
});

test('limit is sent only where the caller gives it', async () => {
  const { client, requests } = scripted([json({ items: [] }), json({ items: [] })]);
  await client.contacts.list();
  await client.contacts.list({ limit: 7, cursorId: 12 });
  assert.equal(requests[0].url, 'https://api.respond.io/v2/contact/list');
  assert.equal(requests[1].url, 'https://api.respond.io/v2/contact/list?limit=7&cursorId=12');
  await assert.rejects(Promise.resolve(client.contacts.list({ limit: 101 })), { path: 'query.limit', rule: 'range' });
});
