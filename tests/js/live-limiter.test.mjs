// The limiter of `/live`, against services that count in one way or the other.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RespondIO } from 'respond-io-wasm/live';

const LIMIT = 3;
const WINDOW_MS = 300;

/** A service that permits so many requests of a name in any window, and a client of it. */
function limited(nameOf, rateLimit = {}) {
  const arrivals = new Map();
  const refusals = [];
  /** Counts a request; gives whether it is permitted. */
  const arrive = (name) => {
    const now = performance.now();
    const recent = (arrivals.get(name) ?? []).filter((time) => time > now - WINDOW_MS);
    arrivals.set(name, [...recent, now]);
    return recent.length < LIMIT;
  };
  const fetch = async (url, init) => {
    const name = nameOf(init.method, new URL(url).pathname);
    if (arrive(name)) return Response.json({ id: 1 });
    refusals.push(name);
    return Response.json({ code: 429, message: 'Too many' }, { status: 429, headers: { 'retry-after': '1' } });
  };
  const options = { apiToken: 'token', baseUrl: 'https://example.test/v2', fetch, responseValidation: 'off' };
  const limits = { limit: LIMIT, windowMs: WINDOW_MS, ...rateLimit };
  const client = new RespondIO({ ...options, logLevel: 'off', rateLimit: limits });
  const buckets = () => client.stats().buckets.map(({ bucket }) => bucket);
  return { client, refusals, buckets, arrive };
}

const three = (call) => Array.from({ length: LIMIT }, call);
const both = (client) => [...three(() => client.space.getUser(1)), ...three(() => client.space.getCustomField(1))];

test('each operation is counted by itself as long as the service does so', async () => {
  const { client, refusals, buckets } = limited((method, path) => method + path);
  await Promise.all(both(client));
  assert.deepEqual(refusals, []);
  assert.deepEqual(buckets(), ['getUser', 'getCustomField']);
});

test('after a 429 that only the sum of a method explains all of it are counted together', async () => {
  const { client, refusals, buckets } = limited((method) => method);
  await Promise.all([client.space.getUser(1), ...three(() => client.space.getCustomField(1))]);
  assert.ok(refusals.length >= 1);
  assert.ok(buckets().includes('GET'));
  const before = refusals.length;
  await Promise.all(both(client));
  assert.equal(refusals.length, before);
});

test('a 429 that others have caused changes nothing', async () => {
  const { client, refusals, buckets, arrive } = limited((method) => method);
  for (let i = 0; i < LIMIT; i++) arrive('GET');
  await client.space.getUser(1);
  assert.deepEqual(refusals, ['GET']);
  assert.deepEqual(buckets(), ['getUser']);
});

test('a key that the caller names stays', async () => {
  const { client, buckets } = limited((method) => method, { key: 'operation' });
  await Promise.all([client.space.getUser(1), ...three(() => client.space.getCustomField(1))]);
  assert.deepEqual(buckets().sort(), ['getCustomField', 'getUser']);
});
