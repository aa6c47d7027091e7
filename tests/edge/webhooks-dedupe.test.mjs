import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWebhookHandler, MemoryDedupe } from 'respond-io-wasm/webhooks';
import { delivery, KEY } from './deliveries.mjs';

/** A store and its clock. */
function timed(options = {}) {
  const clock = { ms: 0 };
  return { clock, store: new MemoryDedupe({ now: () => clock.ms, ...options }) };
}

test('an id is claimed once until it expires', () => {
  const { clock, store } = timed();
  assert.equal(store.claim('a', 1000), true);
  clock.ms = 999;
  assert.equal(store.claim('a', 1000), false);
  clock.ms = 1000;
  assert.equal(store.claim('a', 1000), true);
  clock.ms = 1999;
  assert.equal(store.claim('a', 1000), false);
});

test('a released id counts as new', () => {
  const { store } = timed();
  store.release('a');
  for (let i = 0; i < 2; i++) {
    assert.equal(store.claim('a', 1000), true);
    store.release('a');
  }
  assert.equal(store.claim('a', 1000), true);
});

test('beyond its bound the oldest ids are forgotten', () => {
  const { clock, store } = timed({ maxIds: 3 });
  for (const id of ['a', 'b', 'c']) store.claim(id, 1000);
  clock.ms = 1000;
  assert.equal(store.claim('a', 1000), true, 'it has expired, and is the youngest now');
  assert.equal(store.claim('d', 1000), true);
  assert.deepEqual([store.claim('a', 1000), store.claim('d', 1000)], [false, false]);
  clock.ms = 999;
  assert.equal(store.claim('b', 1000), true, 'it was the oldest');
});

test('10,000 ids are remembered unless told', () => {
  const { store } = timed();
  for (let id = 0; id < 10_000; id++) store.claim(`${id}`, 1000);
  assert.equal(store.claim('0', 1000), false);
  store.claim('10000', 1000);
  assert.equal(store.claim('1', 1000), false);
  assert.equal(store.claim('0', 1000), true);
});

test('wrong options of a store are refused by their names', () => {
  for (const [name, value] of Object.entries({ maxIds: 0, now: 1, max: 10 })) {
    assert.throws(() => new MemoryDedupe({ [name]: value }), { name: 'ValidationError', path: name, rule: 'option' });
  }
  assert.throws(() => new MemoryDedupe({ maxIds: NaN }), { path: 'maxIds' });
});

test('names of the prototype are ids like others', () => {
  const { store } = timed();
  for (const id of ['__proto__', 'constructor', ''])
    assert.deepEqual([store.claim(id, 1), store.claim(id, 1)], [true, false]);
});

test('its clock does not go back with the time of day', (context) => {
  context.mock.method(Date, 'now', () => 0);
  const store = new MemoryDedupe();
  store.claim('a', 60_000);
  Date.now.mock.mockImplementation(() => 1e15);
  assert.equal(store.claim('a', 60_000), false);
});

test('a handler forgets an event after 24 hours', async () => {
  const { clock, store } = timed();
  let calls = 0;
  const onAny = () => {
    calls += 1;
  };
  const handler = createWebhookHandler({ keys: KEY, onAny, dedupe: store });
  const event = { event_type: 'call.ended', event_id: 'e1' };
  for (const [ms, expected] of [
    [0, 1],
    [86_399_999, 1],
    [86_400_000, 2],
  ]) {
    clock.ms = ms;
    assert.equal((await handler(delivery(event))).status, 200);
    assert.equal(calls, expected);
  }
});
