import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Pace } from './load.mjs';
import { randomFrom } from './random.mjs';
import { LIMIT, world } from './world.mjs';

/** When the last of so many calls arrives where nobody leaves. */
function lastArrivalOf(count) {
  const { timeline, server, client } = world();
  client.calls(count);
  timeline.run();
  return server.arrivals.at(-1);
}

test('first come, first served', () => {
  const { timeline, client } = world({ late: 0 });
  client.calls(40);
  for (let time = 300; time < 12_000; time += 300) timeline.at(time, () => client.call());
  timeline.run();
  const inOrder = [...client.sent].sort((a, b) => a.number - b.number);
  for (let i = 1; i < inOrder.length; i++) {
    // Timers are set in whole milliseconds, so that within one they may come in any order.
    assert(inOrder[i].time > inOrder[i - 1].time - 1, `call ${i} went before the one before it`);
  }
});

test('late timers put nobody back by more than a window', () => {
  const { timeline, client } = world({ late: 15 });
  client.calls(300);
  timeline.run();
  for (const [place, { number }] of client.sent.entries()) assert(Math.abs(place - number) < LIMIT.limit);
});

test('where a thousand leave at once, those behind them do not sleep on', () => {
  const { timeline, client, server } = world();
  const many = Array.from({ length: 1000 }, () => client.call());
  timeline.at(10, () => client.calls(5));
  timeline.at(2000, () => {
    for (const call of many) client.cancel(call);
  });
  timeline.run();
  const after = server.arrivals.filter((time) => time > 2000);
  assert.ok(after.at(-1) < 4000, `the last went at ${after.at(-1)} ms`);
});

test('each knows its turn: a window for each five before it', () => {
  const pace = new Pace();
  const waiters = Array.from({ length: 23 }, () => pace.enter(0));
  const opensAt = waiters.map((waiter) => {
    pace.wait(waiter, LIMIT, 0);
    return waiter.opensAt;
  });
  assert.deepEqual(
    opensAt,
    waiters.map((_, i) => 1000 * Math.floor(i / 5)),
  );

  const slots = waiters.slice(0, 5).map((waiter) => pace.take(waiter, 0, 0));
  const turnOf = (place, now) => {
    const waiter = waiters[5 + place];
    pace.wait(waiter, LIMIT, now);
    return waiter.opensAt;
  };
  assert.equal(turnOf(0, 50), 1051, 'an answer may come at any moment, and frees its slot a window later');
  for (const [i, slot] of slots.entries()) pace.answered(slot, 100 + i, 100 + i);
  for (let place = 0; place < 18; place++) {
    assert.equal(turnOf(place, 200), 1101 + (place % 5) + 1000 * Math.floor(place / 5), `place ${place}`);
  }
});

test('a call that was let through before goes before newcomers and behind its like', () => {
  const pace = new Pace();
  const one = { limit: 1, windowMs: 1000 };
  const [newcomer, first, second] = [pace.enter(0), pace.enter(0, true), pace.enter(0, true)];
  const turns = [first, second, newcomer].map((waiter) => {
    pace.wait(waiter, one, 0);
    return waiter.opensAt;
  });
  assert.deepEqual(turns, [0, 1000, 2000]);
  assert.equal(pace.queued, 3);
});

test('who is next asks in time, who is not asks half way or takes turns', () => {
  const pace = new Pace();
  const waiters = Array.from({ length: 1000 }, () => pace.enter(0));
  for (const waiter of waiters.slice(0, 5)) pace.answered(pace.take(waiter, 0, 0), 0, 0);
  assert.equal(pace.wait(waiters[5], LIMIT, 800), 201);
  assert.equal(pace.wait(waiters[5], LIMIT, 0), 500.5);
  assert.equal(pace.wait(waiters[20], LIMIT, 0), 0.5 * 995);
  assert.equal(pace.wait(waiters[999], LIMIT, 0), 0.5 * 995);
});

test('half of those who wait leave: the others use their turns', () => {
  for (let seed = 0; seed < 50; seed++) {
    for (const [count, most] of [
      [20, 450],
      [60, 450],
      [300, 1500],
    ]) {
      const { timeline, server, client } = world({ seed });
      const random = randomFrom(seed);
      const calls = client.calls(count);
      const leaving = calls.slice(5).filter(() => random() < 0.5);
      timeline.at(900 * random(), () => {
        for (const call of leaving) client.cancel(call);
      });
      timeline.run();
      assert.equal(client.finished, count - leaving.length);
      assert.equal(server.refused, 0);
      const lost = server.arrivals.at(-1) - lastArrivalOf(count - leaving.length);
      assert(lost < most, `seed ${seed}, ${count} calls: ${lost} ms lost`);
    }
  }
});

test('nearly all leave at once: the others notice within a tenth of the time that the queue would have taken', () => {
  for (let seed = 0; seed < 50; seed++) {
    const { timeline, server, client } = world({ seed });
    const random = randomFrom(seed);
    const calls = client.calls(300);
    const staying = calls.slice(5).filter(() => random() < 0.1);
    timeline.at(2000, () => {
      for (const call of calls) if (!staying.includes(call)) client.cancel(call);
    });
    timeline.run();
    assert(server.arrivals.at(-1) - lastArrivalOf(staying.length) < 2000 + 6000, `seed ${seed}`);
  }
});

test('who leaves is gone, whatever it asks or is told then', () => {
  const pace = new Pace();
  const waiters = Array.from({ length: 10 }, () => pace.enter(0));
  for (const waiter of [waiters[3], waiters[3], waiters[0], waiters[9]]) pace.leave(waiter);
  assert.equal(pace.queued, 7);
  for (const waiter of waiters) pace.leave(waiter);
  assert.equal(pace.queued, 0);
  assert.equal(pace.wait(pace.enter(0), LIMIT, 0), 0);
});

test('one that never asks again delays those behind it by about a second', () => {
  for (const [limit, seeds] of [
    [LIMIT, 30],
    [{ limit: 1, windowMs: 1000 }, 30],
    [{ limit: 1, windowMs: 60_000 }, 3],
  ]) {
    for (let seed = 0; seed < seeds; seed++) {
      const [before, after] = [false, true].map((isForgotten) => {
        const { timeline, server, client } = world({ seed, limit });
        const calls = client.calls(300);
        // Just before its turn, when everyone behind it counts on it.
        if (isForgotten) timeline.at(2 * limit.windowMs - 10, () => client.forget(calls[2 * limit.limit]));
        timeline.run(20 * limit.windowMs);
        return server.arrivals[10 * limit.limit];
      });
      assert(after - before < 2300, `${JSON.stringify(limit)}, seed ${seed}: ${after - before} ms`);
    }
  }
});

test('the runtime ends half of the calls without a word: the others go on at the full rate', () => {
  for (let seed = 0; seed < 50; seed++) {
    const { timeline, server, client } = world({ seed });
    const random = randomFrom(seed);
    const calls = client.calls(60);
    const ended = calls.slice(5).filter(() => random() < 0.5);
    timeline.at(900 * random(), () => {
      for (const call of ended) client.forget(call);
    });
    timeline.run();
    assert.equal(client.finished, 60 - ended.length);
    assert.equal(client.pace.queued, 0);
    assert(server.arrivals.at(-1) - lastArrivalOf(60 - ended.length) < 2500, `seed ${seed}`);
  }
});

test('one that asks more than a second late goes to the end, where others have asked meanwhile', () => {
  const pace = new Pace();
  const one = { limit: 1, windowMs: 1000 };
  pace.answered(pace.take(pace.enter(0), 0, 0), 0, 0);
  const [late, other] = [pace.enter(0), pace.enter(0)];
  pace.wait(late, one, 900);
  for (const now of [900, 1500, 2050, 2150]) pace.wait(other, one, now);
  assert.equal(pace.wait(other, one, 2200), 0, 'the other one does not wait for it');
  pace.take(other, 0, 2200);
  assert.equal(pace.queued, 0);
  const newcomer = pace.enter(2201);
  pace.wait(late, one, 2202);
  pace.wait(newcomer, one, 2202);
  assert(late.opensAt > newcomer.opensAt);
  assert.equal(pace.queued, 2);
});

test('where the whole runtime was asleep nobody loses its place', () => {
  const pace = new Pace();
  const waiters = Array.from({ length: 12 }, () => pace.enter(0));
  for (const waiter of waiters) pace.wait(waiter, LIMIT, 0);
  const order = [7, 3, 11, 0, 1, 2, 4, 5, 6, 8, 9, 10];
  const now = 60_000;
  for (const i of order) pace.wait(waiters[i], LIMIT, now);
  for (const [i, waiter] of waiters.entries()) {
    pace.wait(waiter, LIMIT, now + 200);
    assert.equal(waiter.opensAt, now + 200 + 1000 * Math.floor(i / 5), `waiter ${i}`);
  }
});

test('nothing grows when callers come and go for ever', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const pace = new Pace();
  const random = randomFrom(1);
  const limit = { limit: 50, windowMs: 1000 };
  let [waiting, now] = [[], 0];
  const heap = [];
  for (let i = 0; i < 300_000; i++) {
    now += 20 * random();
    waiting.push(pace.enter(now, random() < 0.1));
    for (const waiter of waiting.slice(0, 2)) {
      if (pace.wait(waiter, limit, now) > 0) {
        if (random() < 0.1) continue;
        pace.leave(waiter);
      } else {
        const slot = pace.take(waiter, 1000, now);
        if (random() < 0.9) pace.answered(slot, 10, now);
      }
      waiting = waiting.filter((other) => other !== waiter);
    }
    if (i % 100_000 !== 99_999) continue;
    collect();
    heap.push(process.memoryUsage().heapUsed);
  }
  assert.equal(pace.queued, waiting.length);
  assert(heap[2] - heap[0] < 200_000, `${heap}`);
});

test('a thousand or a hundred thousand waiters: a call asks as often', () => {
  for (const count of [1000, 100_000]) {
    const { timeline, client } = world({ limit: { limit: 10_000, windowMs: 1000 } });
    client.calls(count);
    timeline.run();
    assert.equal(client.finished, count);
    assert(client.asked < 12 * count, `${client.asked} times for ${count} calls`);
  }
});

test('at the documented limit a hundred thousand waiters take turns at asking', () => {
  const { timeline, client } = world();
  client.calls(100_000);
  timeline.run(60_000);
  assert(client.asked < 100_000 + 60 * 2200, `${client.asked}`);
});
