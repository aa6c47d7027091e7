// The limiter of `/live`, against services that count in one way or the other: the table that the Rust client passes as
// well.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { RespondIO } from 'respond-io-wasm/live';

const CASES = JSON.parse(readFileSync(new URL('../behaviour/learning.json', import.meta.url), 'utf8'));
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

const NAMES = { method: (method) => method, operation: (method, path) => method + path };
const OPERATIONS = {
  getUser: (client) => client.space.getUser(1),
  getCustomField: (client) => client.space.getCustomField(1),
  deleteContact: (client) => client.contacts.delete('id:1'),
};

/** Calls operations so many times each, all at once. */
const callAll = (client, calls) =>
  Promise.all(
    Object.entries(calls).flatMap(([id, count]) => Array.from({ length: count }, () => OPERATIONS[id](client))),
  );

for (const { name, key, serviceCounts, others = 0, rounds, countsBy } of CASES) {
  test(name, async () => {
    const { client, refusals, buckets, arrive } = limited(NAMES[serviceCounts], { key });
    for (let i = 0; i < others; i++) arrive('GET');
    for (const round of rounds) {
      const before = refusals.length;
      await callAll(client, round.calls);
      assert.equal(refusals.length - before, round.refusals);
    }
    assert.equal(buckets().includes('GET') ? 'method' : 'operation', countsBy);
  });
}
