import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RespondIO, ValidationError } from 'respond-io-wasm';
import { json, scripted } from './scripted.mjs';

const apiToken = 'token';
const refused = [
  ['no token', {}, 'apiToken'],
  ['an empty token', { apiToken: '' }, 'apiToken'],
  ['a token with a line break', { apiToken: 'a\r\nx: y' }, 'apiToken'],
  ['a token with a letter beyond ASCII', { apiToken: 'tök' }, 'apiToken'],
  ['http to another machine', { apiToken, baseUrl: 'http://example.com' }, 'baseUrl'],
  ['a base URL that is none', { apiToken, baseUrl: 'example' }, 'baseUrl'],
  ['a base URL with credentials', { apiToken, baseUrl: 'https://a:b@example.com' }, 'baseUrl'],
  ['a base URL with a query', { apiToken, baseUrl: 'https://example.com?x=1' }, 'baseUrl'],
  ['a path with a token', { apiToken, baseUrl: '/api' }, 'baseUrl'],
  ['a timeout below 0', { apiToken, timeout: -1 }, 'timeout'],
  ['a timeout that is no number', { apiToken, timeout: '5' }, 'timeout'],
  ['a fraction of retries', { apiToken, maxRetries: 1.5 }, 'maxRetries'],
  ['a header that HTTP forbids', { apiToken, headers: { 'a b': 'x' } }, 'headers'],
  ['a header value with a line break', { apiToken, headers: { a: 'x\ny' } }, 'headers'],
  ['a token among the headers', { apiToken, headers: { Authorization: 'Bearer other' } }, 'headers'],
  ['an unknown validation', { apiToken, responseValidation: 'maybe' }, 'responseValidation'],
  ['a fetch that is no function', { apiToken, fetch: 'x' }, 'fetch'],
  ['a misspelt option', { apiToken, retries: 1 }, 'retries'],
];

for (const [name, options, path] of refused) {
  test(`${name} is refused`, () => {
    assert.throws(
      () => new RespondIO(options),
      (error) => {
        assert.ok(error instanceof ValidationError);
        assert.equal(error.path, path);
        assert.ok(!options.apiToken || options.apiToken.length < 6 || !error.message.includes(options.apiToken));
        return true;
      },
    );
  });
}

for (const baseUrl of [
  'http://localhost:4010/v2',
  'http://127.0.0.1:4010/v2/',
  'http://[::1]:4010/v2',
  'https://example.com/v2',
]) {
  test(`the base URL ${baseUrl} is taken`, async () => {
    const { client, requests } = scripted([json({})], { baseUrl });
    await client.contacts.get('id:1');
    assert.equal(requests[0].url, `${baseUrl.replace(/\/$/, '')}/contact/id:1`);
  });
}

test('a client with a path can be made outside of a browser, and its calls say why they fail', async () => {
  const requests = [];
  const client = new RespondIO({ baseUrl: '/api/respond', fetch: (url) => requests.push(url) });
  for (const call of [client.contacts.get('id:1'), client.contacts.list()]) {
    await assert.rejects(call, { name: 'ValidationError', path: 'baseUrl' });
  }
  assert.equal(requests.length, 0);
});

test('a request carries the token, what it accepts, and the type of its body', async () => {
  const { client, requests } = scripted([json({}), json({})], { headers: { 'X-Team': 'a' } });
  await client.contacts.create({});
  await client.contacts.get('id:1', { headers: { 'x-team': 'b' } });
  assert.deepEqual(requests[0].headers, {
    accept: 'application/json',
    authorization: 'Bearer token',
    'content-type': 'application/json',
    'x-team': 'a',
  });
  assert.deepEqual(requests[1].headers, { accept: 'application/json', authorization: 'Bearer token', 'x-team': 'b' });
});

test('a token that is a function is asked once a try', async () => {
  let count = 0;
  const answers = [new Response('', { status: 500 }), json({})];
  const { client, requests } = scripted(answers, { apiToken: async () => `token-${++count}` });
  await client.contacts.get('id:1');
  assert.deepEqual(
    requests.map(({ headers }) => headers.authorization),
    ['Bearer token-1', 'Bearer token-2'],
  );
});

test('a token function that fails sends nothing', async () => {
  const cause = new Error('vault is closed');
  const { client, requests } = scripted([], { apiToken: () => Promise.reject(cause) });
  await assert.rejects(client.contacts.get('id:1'), { name: 'ValidationError', path: 'apiToken', cause });
  assert.equal(requests.length, 0);
});

test('a token function that fails before another try does not deny the first', async () => {
  const tokens = ['token'];
  const apiToken = () => tokens.pop() ?? Promise.reject(new Error('vault is closed'));
  const { client, requests } = scripted([new Response('', { status: 503 })], { apiToken });
  await assert.rejects(client.contacts.delete('id:1'), { name: 'ConnectionError', attempts: 1 });
  assert.equal(requests.length, 1);
});

for (const [name, options] of [
  ['a misspelt option', { maxRetry: 3 }],
  ['a signal that is none', { signal: {} }],
  ['options that are none', null],
  ['a header of the client', { headers: { 'content-type': 'text/plain' } }],
  ['a negative timeout', { timeout: -1 }],
]) {
  test(`${name} of a call is refused`, async () => {
    const { client, requests } = scripted([]);
    await assert.rejects(client.contacts.get('id:1', options), { name: 'ValidationError', rule: 'option' });
    assert.equal(requests.length, 0);
  });
}

test('any number of retries is taken as it is', async () => {
  const failures = Array.from({ length: 3 }, () => new Response('', { status: 429, headers: { 'retry-after': '0' } }));
  const { client, requests } = scripted([...failures, json({})], { maxRetries: 2 ** 32 });
  await client.contacts.get('id:1');
  assert.equal(requests.length, 4);
});

test('making a client does nothing else', () => {
  const touched = [];
  const { setTimeout, fetch } = globalThis;
  const random = Math.random;
  globalThis.setTimeout = () => touched.push('setTimeout');
  globalThis.fetch = () => touched.push('fetch');
  Math.random = () => touched.push('random');
  try {
    new RespondIO({ apiToken });
  } finally {
    Object.assign(globalThis, { setTimeout, fetch });
    Math.random = random;
  }
  assert.deepEqual(touched, []);
});
