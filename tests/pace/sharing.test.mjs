import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exponential, randomFrom } from './random.mjs';
import { Client, LIMIT, world } from './world.mjs';

const LATENCY = (_time, random) => [30 + 20 * random(), 30 + 20 * random()];
const RUNS = 20;

/** A second program that sends so many requests in a row after each of these pauses, whatever it is answered. */
function intrude({ timeline, server, client }, pause, { count = 1, until = Infinity } = {}) {
  const random = randomFrom(99);
  const again = () => {
    if (client.finished + client.failed === 300 || timeline.now > until) return;
    for (let i = 0; i < count; i++) server.receive(timeline.now);
    timeline.after(pause(random), again);
  };
  timeline.after(37, again);
}

const INTRUDERS = {
  'one a second': [() => 1000],
  'two a second': [() => 500],
  'four a second': [() => 250],
  'two a second at random': [(random) => exponential(random, 500)],
  'five at once each three seconds': [() => 3000, { count: 5 }],
};

for (const hasHeaders of [false, true]) {
  for (const [name, [pause, more]] of Object.entries(INTRUDERS)) {
    test(`a second program takes ${name}, ${hasHeaders ? 'with' : 'without'} X-RateLimit headers`, (t) => {
      const sum = { failed: 0, runs: 0, refused: 0, seconds: 0 };
      for (let seed = 0; seed < RUNS; seed++) {
        const there = world({ seed, latency: LATENCY, hasHeaders });
        there.client.calls(300);
        intrude(there, pause, more);
        there.timeline.run();
        const { finished, failed, refused, lastFinish } = there.client;
        assert.equal(finished + failed, 300);
        sum.failed += failed / RUNS;
        sum.runs += Math.min(1, failed);
        sum.refused += refused / RUNS;
        sum.seconds += lastFinish / 1000 / RUNS;
      }
      t.diagnostic(
        `${sum.refused.toFixed(1)} refusals, ${sum.seconds.toFixed(0)} s; ${sum.runs} of ${RUNS} runs lost calls`,
      );
      assert(sum.runs <= 2, `calls failed in ${sum.runs} runs`);
      assert(sum.failed < 0.5, `${sum.failed}`);
      assert(sum.refused < 45, `${sum.refused}`);
    });
  }
}

test('two programs with a pace each share the limit, and nearly every call of both finishes', (t) => {
  let [failed, refused, used] = [0, 0, 0];
  for (let seed = 0; seed < RUNS; seed++) {
    const { timeline, server, client } = world({ seed, latency: LATENCY });
    const other = new Client({ timeline, server, random: randomFrom(1000 + seed), latency: LATENCY });
    client.calls(300);
    other.calls(300);
    timeline.run();
    failed += (client.failed + other.failed) / 600 / RUNS;
    refused += (client.refused + other.refused) / 600 / RUNS;
    used += (server.arrivals.length * 200) / Math.max(client.lastFinish, other.lastFinish) / RUNS;
  }
  const percent = (part) => `${(100 * part).toFixed(2)} %`;
  t.diagnostic(`${percent(failed)} of the calls failed, ${percent(refused)} were refused, ${percent(used)} used`);
  assert(failed < 0.01, percent(failed));
  assert(refused < 0.1, percent(refused));
  assert(used > 0.7, percent(used));
});

test('when the second program ends, the full rate comes back', () => {
  for (let seed = 0; seed < RUNS; seed++) {
    const there = world({ seed, latency: LATENCY });
    const { timeline, server, client } = there;
    client.calls(300);
    intrude(there, () => 500, { until: 30_000 });
    timeline.run();
    assert.equal(client.finished, 300);
    const before = server.arrivals.filter((time) => time > 20_000 && time < 30_000).length - 20;
    assert(before >= 20, `${before} of our own in ten seconds, of 30 that were left`);
    const after = server.arrivals.slice(-55);
    assert((after.at(-1) - after[0]) / 1000 < 54 / (0.9 * LIMIT.limit), `seed ${seed}`);
    assert.equal(client.pace.effective(LIMIT), 5);
  }
});
