// How calls are paced, seen from a client. The pace by itself has its simulation in tests/pace.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { RespondIO } from 'respond-io-wasm';
import { browserEntry, streaming, trapNext } from './browser-entry.mjs';
import { json } from './scripted.mjs';

const WINDOW = 200;
/** Long enough for everything that is sent at once, and well within a window. */
const SOON = 40;

const own = globalThis.fetch;
let sent;
let answer;
let start;
let owners = 0;

beforeEach(async () => {
  sent = [];
  answer = () => json({ id: 1 });
  globalThis.fetch = record;
  // A token that no other test has, so that buckets are fresh.
  owners += 1;
  await new RespondIO({ apiToken: 'warm-up', rateLimit: false }).contacts.get('id:1');
  sent.length = 0;
  start = performance.now();
});

afterEach(() => {
  globalThis.fetch = own;
});

async function record(url, { method }) {
  sent.push({ path: new URL(url).pathname.replace('/v2', ''), method, at: performance.now() - start });
  return answer(sent.length, method);
}

const token = (name = '') => `token-${owners}${name}`;

/** A client of the runtime's own fetch, whose windows are short. */
function paced(rateLimit = {}, options = {}) {
  return new RespondIO({ apiToken: token(), rateLimit: { windowMs: WINDOW, ...rateLimit }, ...options });
}

const get = (client, id = 1, options = undefined) => client.contacts.get(`id:${id}`, options);
const paths = () => sent.map(({ path }) => path);

/** How many requests are sent at once. */
async function sentSoon() {
  await delay(SOON);
  return sent.length;
}

test('five requests a second go out for each HTTP method, unless told otherwise', async () => {
  const client = new RespondIO({ apiToken: token() });
  const gets = [1, 2, 3, 4, 5, 6].map((id) => get(client, id));
  const post = client.tags.create({ name: 'vip' });
  await delay(SOON);
  assert.deepEqual(sent.map(({ method }) => method).sort(), ['GET', 'GET', 'GET', 'GET', 'GET', 'POST']);
  await Promise.all([...gets, post]);
  const { path, at } = sent[6];
  assert.equal(path, '/contact/id:6');
  assert.ok(at >= 1000 && at < 1600, `${at} ms`);
});

test('with key operation each operation has its own limit', async () => {
  const client = paced({ limit: 1, key: 'operation' });
  const calls = [get(client), client.customFields.list(), get(client, 2)];
  assert.equal(await sentSoon(), 2);
  await Promise.allSettled(calls);
  assert.deepEqual(paths(), ['/contact/id:1', '/custom_field', '/contact/id:2']);
  assert.ok(sent[2].at >= WINDOW);
  const names = client.stats().buckets.map(({ bucket }) => bucket);
  assert.deepEqual(names, ['getContact', 'listCustomFields']);
});

test('a function says what is counted together', async () => {
  const asked = [];
  const key = (operation) => {
    asked.push(operation);
    return operation.id.endsWith('Tag') ? 'tags' : 'others';
  };
  const client = paced({ limit: 1, key });
  const calls = [client.tags.create({ name: 'vip' }), client.tags.delete(3), get(client)];
  assert.equal(await sentSoon(), 2);
  assert.deepEqual(asked, [
    { id: 'createTag', method: 'POST' },
    { id: 'deleteTag', method: 'DELETE' },
    { id: 'getContact', method: 'GET' },
  ]);
  await Promise.all(calls);
  assert.deepEqual(paths(), ['/tag', '/contact/id:1', '/tag/3']);
});

for (const [name, key, cause] of [
  [
    'throws',
    () => {
      throw new Error('mine');
    },
    /mine/,
  ],
  ['gives no name', () => undefined, /a name must be a string/],
]) {
  test(`a function that ${name} where a bucket is to be named is an error before anything is sent`, async () => {
    const call = get(paced({ key }));
    await assert.rejects(call, (error) => {
      const { name: kind, path, rule, outcome, operation } = error;
      const expected = { kind: 'ValidationError', path: 'rateLimit.key', rule: 'option', outcome: 'not_sent' };
      assert.deepEqual({ kind, path, rule, outcome, operation }, { ...expected, operation: 'getContact' });
      assert.match(String(error.cause), cause);
      return true;
    });
    assert.equal(sent.length, 0);
  });
}

for (const [name, first, second, isShared] of [
  ['the same token', {}, {}, true],
  ['another token', {}, { apiToken: 'other' }, false],
  ['another origin', {}, { baseUrl: 'https://example.com/v2' }, false],
  ['another path of the same origin', {}, { baseUrl: 'https://api.respond.io/v3' }, true],
  ['another token of the same group', { group: 'a' }, { group: 'a', apiToken: 'other' }, true],
  ['another group', { group: 'a' }, { group: 'b' }, false],
  ['a fetch of its own', {}, { fetch: record }, false],
  ['the same fetch', { fetch: record }, { fetch: record }, true],
  ['a fetch of its own of the same group', { group: 'a' }, { group: 'a', fetch: record }, true],
]) {
  test(`${name}: two clients ${isShared ? 'share a' : 'have each their'} bucket`, async () => {
    const clients = [first, second].map(({ group, apiToken = '', ...options }) =>
      paced({ limit: 1, group: group && group + token() }, { apiToken: token(apiToken), ...withOwnFetch(options) }),
    );
    const calls = clients.map((client) => get(client));
    assert.equal(await sentSoon(), isShared ? 1 : 2);
    await Promise.all(calls);
    assert.equal(sent.length, 2);
  });
}

const fetches = new Map();

/** Options with a fetch that only this test has. */
function withOwnFetch({ fetch, ...options }) {
  if (!fetch) return options;
  if (!fetches.has(owners)) fetches.set(owners, (url, init) => record(url, init));
  return { ...options, fetch: fetches.get(owners) };
}

test('clients with the same token function share a bucket, with another they do not', async () => {
  const apiToken = () => token();
  const calls = [apiToken, apiToken, () => token()].map((one) => get(paced({ limit: 1 }, { apiToken: one })));
  assert.equal(await sentSoon(), 2);
  await Promise.all(calls);
  assert.equal(sent.length, 3);
});

test('with rateLimit false nothing waits', async () => {
  const client = new RespondIO({ apiToken: token(), rateLimit: false });
  const calls = Array.from({ length: 20 }, () => get(client));
  assert.equal(await sentSoon(), 20);
  await Promise.all(calls);
  assert.deepEqual(client.stats().buckets, []);
});

/** What became of a call, and after how many milliseconds. */
async function refused(call) {
  const error = await call.then(
    () => assert.fail('the call was sent'),
    (reason) => reason,
  );
  return { error, after: performance.now() - start };
}

function checkRefusal({ error, after }, retryAfter) {
  const { name, outcome, statusCode, attempts, operation } = error;
  assert.deepEqual(
    { name, outcome, statusCode, attempts, operation },
    { name: 'RateLimitError', outcome: 'not_sent', statusCode: undefined, attempts: 0, operation: 'getContact' },
  );
  assert.match(error.message, /^getContact was not sent: /);
  assert.ok(after < 150, `refused after ${after} ms`);
  assert.ok(Math.abs(error.retryAfter - retryAfter) < 0.15, `retryAfter ${error.retryAfter}`);
}

test('with maxWaitMs 0 a call that would wait is refused at once, with the time to come back', async () => {
  const client = paced({ maxWaitMs: 0, limit: 2, windowMs: 1000 });
  const calls = [get(client), get(client, 2)];
  checkRefusal(await refused(get(client, 3)), 1);
  await Promise.all(calls);
  assert.deepEqual(paths(), ['/contact/id:1', '/contact/id:2']);
  assert.equal(client.stats().queued, 0);
});

test('whoever waits retryAfter is let through', async () => {
  const client = paced({ maxWaitMs: 0, limit: 1 });
  await get(client);
  const { error } = await refused(get(client, 2));
  // Timers may be early by a millisecond.
  await delay(Math.ceil(error.retryAfter * 1000) + 2);
  await get(client, 2);
  assert.equal(sent.length, 2);
});

test('a wait up to maxWaitMs is waited, a longer one refused at once', async () => {
  const client = paced({ maxWaitMs: 700, limit: 1, windowMs: 500 });
  const calls = [get(client), get(client, 2)];
  checkRefusal(await refused(get(client, 3)), 1);
  assert.equal(client.stats().queued, 1);
  await Promise.all(calls);
  assert.deepEqual(paths(), ['/contact/id:1', '/contact/id:2']);
});

test('a call whose turn comes after its totalTimeout is refused at once', async () => {
  const client = paced({ limit: 1, windowMs: 500 });
  const call = get(client);
  checkRefusal(await refused(get(client, 2, { totalTimeout: 400 })), 0.5);
  await call;
  assert.equal(sent.length, 1);
});

test('a full queue refuses', async () => {
  const client = paced({ limit: 1, maxQueue: 2 });
  const calls = [get(client), get(client, 2), get(client, 3)];
  const refusal = await refused(get(client, 4));
  checkRefusal(refusal, (3 * WINDOW) / 1000);
  assert.match(refusal.error.message, /the queue is full/);
  await Promise.all(calls);
  assert.equal(sent.length, 3);
});

test('with maxQueue 0 only what need not wait is sent', async () => {
  const client = paced({ limit: 1, maxQueue: 0 });
  const call = get(client);
  checkRefusal(await refused(get(client, 2)), WINDOW / 1000);
  await call;
  assert.equal(sent.length, 1);
});

test('a queue that has become full refuses no call that comes again', async () => {
  answer = (count) => (count === 1 ? json({}, { status: 429, headers: { 'retry-after': '0' } }) : json({ id: 1 }));
  const client = paced({ limit: 1, maxQueue: 1 });
  const calls = [get(client), get(client, 2)];
  await Promise.all(calls);
  assert.deepEqual(paths(), ['/contact/id:1', '/contact/id:1', '/contact/id:2']);
});

test('calls go out in the order in which they came; one that is aborted in the queue leaves it', async () => {
  const client = paced({ limit: 1 });
  const controller = new AbortController();
  const reason = new Error('the user left');
  const calls = [get(client), get(client, 2, { signal: controller.signal }), get(client, 3), get(client, 4)];
  assert.equal(await sentSoon(), 1);
  assert.equal(client.stats().queued, 3);
  controller.abort(reason);
  await assert.rejects(calls[1], { name: 'AbortError', outcome: 'not_sent', attempts: 0, cause: reason });
  assert.equal(client.stats().queued, 2);
  calls.splice(1, 1);
  await Promise.all(calls);
  assert.deepEqual(paths(), ['/contact/id:1', '/contact/id:3', '/contact/id:4']);
  assert.ok(sent[2].at < 3 * WINDOW, 'nobody waits for the one that left');
  assert.equal(client.stats().queued, 0);
});

test('a 429 pauses all calls of its bucket, once, and no others', async () => {
  answer = (count) => (count <= 3 ? json({}, { status: 429, headers: { 'retry-after': '1' } }) : json({ id: 1 }));
  const told = [];
  const onRateLimit = ({ reason, waitMs }) => told.push([reason, Math.round(waitMs / 100)]);
  const client = paced({ windowMs: 100 }, { maxRetries: 0, onRateLimit, logLevel: 'off' });
  const other = paced({ windowMs: 100 });
  const limited = await Promise.allSettled([1, 2, 3].map((id) => get(client, id)));
  for (const { reason } of limited) assert.deepEqual([reason.statusCode, reason.retryAfter], [429, 1]);
  const { limit, pausedMs } = client.stats().buckets[0];
  assert.ok(pausedMs > 800 && pausedMs <= 1000, `${pausedMs} ms`);
  assert.equal(limit, 4, 'others seem to share the limit');
  const calls = [get(client, 4), get(other, 5), other.tags.create({ name: 'vip' })];
  await Promise.all(calls);
  const [tag, ...gets] = sent.slice(3);
  assert.ok(tag.path === '/tag' && tag.at < 500);
  for (const { at } of gets) assert.ok(at >= 1000 && at < 1600, `${at} ms`);
  assert.deepEqual(told, [
    ['response', 10],
    ['queue', 10],
  ]);
});

test('X-RateLimit-Limit raises the limit step by step, and lowers it at once', async () => {
  answer = (count) => json({ id: 1 }, { headers: { 'x-ratelimit-limit': count <= 10 ? '10' : '2' } });
  const client = paced({ windowMs: 400 });
  const limits = [];
  for (let i = 0; i < 5; i++) {
    await get(client);
    limits.push(client.stats().buckets[0].limit);
  }
  assert.deepEqual(limits, [6, 7, 8, 9, 10]);
  const calls = Array.from({ length: 6 }, () => get(client));
  assert.equal(await sentSoon(), 10);
  await Promise.all(calls);
  assert.equal(client.stats().buckets[0].limit, 2);
});

test('X-RateLimit-Remaining 0 is heeded where others use the limit, too', async () => {
  answer = () => json({ id: 1 }, { headers: { 'x-ratelimit-remaining': '0' } });
  const told = [];
  const client = paced({}, { onRateLimit: ({ reason }) => told.push(reason) });
  await get(client);
  const call = get(client, 2);
  assert.equal(await sentSoon(), 1);
  await call;
  assert.ok(sent[1].at >= WINDOW);
  assert.equal(told[0], 'shared');
});

test('a trap leaves the limiter and the other calls alone', async () => {
  const { library } = await browserEntry([streaming]);
  trapNext('response');
  const client = new library.RespondIO({
    apiToken: token(),
    fetch: (url, init) => record(url, init),
    rateLimit: { limit: 1, windowMs: WINDOW },
  });
  const calls = [1, 2, 3].map((id) => get(client, id));
  await assert.rejects(calls[0], { name: 'InternalError', outcome: 'applied', attempts: 1, statusCode: 200 });
  assert.equal(client.stats().queued, 2);
  assert.deepEqual(await Promise.all(calls.slice(1)), [{ id: 1 }, { id: 1 }]);
  assert.deepEqual(paths(), ['/contact/id:1', '/contact/id:2', '/contact/id:3']);
  for (const i of [1, 2]) assert.ok(sent[i].at - sent[i - 1].at >= WINDOW, 'the pace is kept');
  const { queued, inFlight } = client.stats();
  assert.deepEqual({ queued, inFlight }, { queued: 0, inFlight: 0 });
});
