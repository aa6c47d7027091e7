import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connecting, dropping, stationary, TABLE } from './latency.mjs';
import { randomFrom } from './random.mjs';
import { LIMIT, run, world } from './world.mjs';

/** Runs so many random patterns; gives how many runs had so many arrivals in a full window, and the mean share used. */
function simulate({ patterns, calls, pattern, ...more }) {
  const refused = [];
  let used = 0;
  for (let seed = 0; seed < patterns; seed++) {
    const result = run({ seed, calls, latency: pattern(randomFrom(1_000_000 + seed)), ...more });
    assert.equal(result.client.finished, calls, `seed ${seed}`);
    refused[result.refused] = (refused[result.refused] ?? 0) + 1;
    used += result.used / patterns;
  }
  return { refused, used };
}

function report(t, { refused, used }) {
  const counts = refused.map((runs, count) => `${runs} runs with ${count}`).filter(Boolean);
  t.diagnostic(`${(100 * used).toFixed(1)} % used; arrivals in a full window: ${counts.join(', ')}`);
}

test('1,000 patterns of stationary latency, 1,000 calls each: at most one arrival in a full window', (t) => {
  const result = simulate({ patterns: 1000, calls: 1000, pattern: stationary });
  report(t, result);
  assert(result.refused.length <= 2, `${result.refused}`);
  assert(result.used > 0.93, `${result.used}`);
});

test('1,000 sudden drops of latency: at most two arrivals in a full window each', (t) => {
  const pattern = (random) => dropping(stationary(random), 20_000 + 20_000 * random(), 0.05 + 0.9 * random());
  const result = simulate({ patterns: 1000, calls: 300, pattern });
  report(t, result);
  assert(result.refused.length <= 3, `${result.refused}`);
  assert(result.used > 0.92, `${result.used}`);
});

test('a clock that ticks in milliseconds costs no more', (t) => {
  const result = simulate({ patterns: 300, calls: 300, pattern: stationary, tick: 1 });
  report(t, result);
  assert(result.refused.length <= 2, `${result.refused}`);
});

test('constant latency uses 98 % of the rate, jitter of 0-80 ms each way 90 %, without a single refusal', () => {
  for (const [name, least] of [
    ['constant 50 ms', 0.98],
    ['constant 150 ms', 0.98],
    ['uniform 0-80 ms', 0.9],
  ]) {
    for (let seed = 0; seed < 40; seed++) {
      const { used, refused } = run({ seed, latency: TABLE[name] });
      assert.equal(refused, 0, `${name}, seed ${seed}`);
      assert(used >= least && used <= 1, `${name}, seed ${seed}: ${used}`);
    }
  }
});

test('the first requests of each connection take longer, and nothing is concluded from them', () => {
  for (const limit of [LIMIT, { limit: 50, windowMs: 1000 }]) {
    for (let seed = 0; seed < 50; seed++) {
      const latency = connecting(stationary(randomFrom(seed)), limit.limit);
      const { refused } = run({ seed, limit, calls: 30 * limit.limit, latency });
      assert.equal(refused, 0, `${limit.limit} connections, seed ${seed}`);
    }
  }
});

test('lone calls that connect anew say nothing of those that follow one another', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { client, server, timeline } = world({ seed, latency: connecting(TABLE['constant 50 ms'], 5) });
    for (let call = 0; call < 30; call++) timeline.at(5000 * call, () => client.call());
    timeline.at(200_001, () => client.calls(100));
    timeline.run();
    assert.equal(client.finished, 130);
    assert.equal(server.refused, 0, `seed ${seed}`);
  }
});

test('other limits are kept and used as well', () => {
  for (const limit of [
    { limit: 1, windowMs: 1000 },
    { limit: 60, windowMs: 60_000 },
    { limit: 100, windowMs: 1000 },
    { limit: 20, windowMs: 200 },
    { limit: 3, windowMs: 50 },
  ]) {
    const calls = 40 * limit.limit;
    const { used, refused, client } = run({ seed: 1, calls, limit, latency: TABLE['constant 50 ms'] });
    assert.equal(client.finished, calls);
    assert.equal(refused, 0, JSON.stringify(limit));
    // Where an answer takes longer than a window, a slot cannot be used once a window.
    const least = limit.windowMs > 100 ? 0.9 : 0.8 * (limit.windowMs / 100);
    assert(used > least && used <= 1, `${JSON.stringify(limit)}: ${used}`);
  }
});
