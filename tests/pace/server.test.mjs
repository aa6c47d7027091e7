import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from './load.mjs';
import { LIMIT } from './world.mjs';

/** How long a newcomer would wait. */
function waitOf(pace, now, limit = LIMIT) {
  const waiter = pace.enter(now);
  pace.wait(waiter, limit, now);
  pace.leave(waiter);
  return waiter.opensAt - now;
}

/** Sends so many requests at once. */
function send(pace, count, now, { timeout = 0, limit = LIMIT } = {}) {
  return Array.from({ length: count }, () => {
    const waiter = pace.enter(now);
    assert.equal(pace.wait(waiter, limit, now), 0);
    return pace.take(waiter, timeout, now);
  });
}

/** Answers so many requests, sent and answered at these times. */
function exchange(pace, count, sentAt, now, limit = LIMIT) {
  for (const slot of send(pace, count, sentAt, { limit })) pace.answered(slot, now - sentAt, now);
}

test('a 429 pauses everyone for as long as it asks, or for a window', () => {
  for (const [waitMs, pause] of [
    [undefined, 1000],
    [3000, 3000],
    [0, 0],
  ]) {
    const pace = new Pace();
    pace.limited(0, waitMs, LIMIT, 100);
    assert.equal(waitOf(pace, 100), pause, `${waitMs}`);
    assert.equal(pace.pausedUntil, 100 + pause);
  }
});

test('a shorter pause ends no longer one', () => {
  const pace = new Pace();
  pace.limited(0, 5000, LIMIT, 100);
  pace.limited(0, 1000, LIMIT, 110);
  assert.equal(pace.pausedUntil, 5100);
});

test('those of one burst are one piece of news', () => {
  const pace = new Pace();
  exchange(pace, 5, 0, 100);
  assert.deepEqual(
    [100, 101, 102, 103].map((now) => pace.limited(0, undefined, LIMIT, now)),
    [true, false, false, false],
  );
  assert.equal(pace.effective(LIMIT), 4);
  assert.equal(pace.limited(1200, undefined, LIMIT, 1300), true);
  assert.equal(pace.effective(LIMIT), 3);
});

test('after a 429 the limit is lower, requests go one by one, and it recovers', () => {
  const pace = new Pace();
  pace.limited(0, undefined, LIMIT, 100);
  assert.equal(pace.effective(LIMIT), 4);
  exchange(pace, 1, 1100, 1200);
  // A little less than a fourth of a window between two.
  assert.equal(waitOf(pace, 1200), 1100 + 198 - 1200);
  assert.equal(waitOf(pace, 10_099), 0);
  assert.equal(pace.effective(LIMIT), 4);
  assert.equal(waitOf(pace, 10_201), 0);
  assert.equal(pace.effective(LIMIT), 5);
});

test('one request a window is always tried, and each ten windows give another back', () => {
  const pace = new Pace();
  for (let i = 1; i <= 9; i++) pace.limited(1000 * i, 0, LIMIT, 1000 * i + 1);
  assert.equal(pace.effective(LIMIT), 1);
  const seen = [1, 2, 3, 4, 5].map((tens) => {
    waitOf(pace, 9001 + 10_000 * tens);
    return pace.effective(LIMIT);
  });
  assert.deepEqual(seen, [2, 3, 4, 5, 5]);
});

test('a large limit goes down by eighths and comes back as fast', () => {
  const limit = { limit: 10_000, windowMs: 1000 };
  const pace = new Pace();
  for (let i = 1; i <= 4; i++) pace.limited(1000 * i, 0, limit, 1000 * i + 1);
  assert.equal(pace.effective(limit), 5861);
  waitOf(pace, 4001 + 100_000, limit);
  assert(pace.effective(limit) > 9500);
});

test('a 429 takes the bound back: what was free may be held again', () => {
  const pace = new Pace();
  const six = { limit: 6, windowMs: 1000 };
  for (let now = 0; now < 10_000; now += 300) exchange(pace, 1, now, now + 100, six);
  exchange(pace, 6, 12_000, 12_100, six);
  assert.equal(waitOf(pace, 12_500, six), 502, 'a window, less a round trip, and two ticks of the clock');
  pace.limited(12_400, 0, six, 12_500);
  assert.equal(pace.effective(six), 5);
  assert.equal(waitOf(pace, 12_500, six), 601);
});

test('the limit that the server announces is taken, upwards by one an answer', () => {
  const pace = new Pace();
  pace.told(0, 3, undefined, LIMIT, 10);
  assert.equal(pace.effective(LIMIT), 3);
  for (let i = 0; i < 4; i++) pace.told(0, 8, undefined, LIMIT, 20);
  assert.equal(pace.effective(LIMIT), 7);
  for (let i = 0; i < 4; i++) pace.told(0, 8, undefined, LIMIT, 30);
  assert.equal(pace.effective(LIMIT), 8);
  pace.told(0, undefined, undefined, LIMIT, 40);
  pace.told(0, 0, 4, LIMIT, 50);
  assert.equal(pace.effective(LIMIT), 8);
});

test('after a 429 no more than the own limit is believed', () => {
  const pace = new Pace();
  for (let i = 0; i < 100; i++) pace.told(0, 600, undefined, LIMIT, 10);
  assert.equal(pace.effective(LIMIT), 105);
  pace.limited(10, undefined, LIMIT, 20);
  assert.equal(pace.effective(LIMIT), 4);
  pace.told(30, 600, undefined, LIMIT, 40);
  assert.equal(pace.effective(LIMIT), 4);
  pace.told(30, 2, undefined, LIMIT, 40);
  assert.equal(pace.effective(LIMIT), 1);
});

test('a limit lowered below what is held waits until enough is free', () => {
  const pace = new Pace();
  for (const [i, slot] of send(pace, 5, 0).entries()) pace.answered(slot, 10 * (i + 1), 10 * (i + 1));
  assert.equal(waitOf(pace, 60), 1011 - 60);
  pace.told(0, 2, undefined, LIMIT, 60);
  assert.equal(waitOf(pace, 60), 1041 - 60, 'the fourth of five must be free');
  assert.equal(waitOf(pace, 1041), 0);
  send(pace, 1, 1041);
  assert.equal(waitOf(pace, 1041), 1051 - 1041);
});

test('none remaining is no news where the own requests explain it', () => {
  const pace = new Pace();
  const slots = send(pace, 5, 0);
  for (const [i, slot] of slots.entries()) {
    pace.answered(slot, 100, 100 + i);
    assert.equal(pace.told(0, 5, i === 4 ? 0 : 4 - i, LIMIT, 100 + i), false);
  }
  assert.equal(waitOf(pace, 110), 1101 - 110);
});

test('an answer that took seconds is explained by what was sent around it', () => {
  const pace = new Pace();
  const [slow] = send(pace, 1, 0);
  exchange(pace, 4, 0, 100);
  for (let now = 1200; now < 5000; now += 1200) exchange(pace, 4, now, now + 100);
  assert.equal(waitOf(pace, 8900), 0);
  pace.answered(slow, 9000, 9000);
  assert.equal(pace.told(0, 5, 0, LIMIT, 9000), false);
});

test('none remaining that the own requests do not explain holds the missing ones for a window', () => {
  const pace = new Pace();
  exchange(pace, 2, 0, 100);
  assert.equal(pace.told(0, 5, 0, LIMIT, 100), true);
  assert.equal(waitOf(pace, 100), 1001);
  assert.equal(pace.told(0, 5, 0, LIMIT, 110), false, 'told of already');
  send(pace, 5, 1101);
});

test('a request without an answer holds its slot until its timeout and a window longer', () => {
  const one = { limit: 1, windowMs: 1000 };
  const pace = new Pace();
  send(pace, 1, 0, { timeout: 30_000, limit: one });
  assert.equal(waitOf(pace, 29_000, one), 1001);
  assert.equal(waitOf(pace, 30_100, one), 901);
  assert.equal(waitOf(pace, 31_001, one), 0);
  assert.equal(pace.inFlight, 0);
});

test('one without a timeout holds it for five minutes at the most', () => {
  const one = { limit: 1, windowMs: 1000 };
  const pace = new Pace();
  send(pace, 1, 0, { limit: one });
  assert.equal(waitOf(pace, 299_000, one), 1001);
  assert.equal(waitOf(pace, 301_001, one), 0);
});

test('a lost one holds it for a window, an abandoned one until it has surely arrived, an unused one no longer', () => {
  const one = { limit: 1, windowMs: 1000 };
  const end = (how, until) => {
    const pace = new Pace();
    exchange(pace, 1, 0, 300, one);
    const [slot] = send(pace, 1, 2000, { limit: one });
    how(pace, slot);
    assert.equal(waitOf(pace, until - 1, one), until > 2000 ? 1 : 0);
    assert.equal(waitOf(pace, until, one), 0);
  };
  end((pace, slot) => pace.lost(slot, 2500), 3501);
  end((pace, slot) => pace.abandoned(slot, one, 2100), 2100 + 300 + 1001);
  end((pace, slot) => pace.unused(slot), 2000);
});

test('what came of a slot is told once', () => {
  const pace = new Pace();
  const [slot] = send(pace, 1, 0);
  pace.lost(slot, 10);
  pace.answered(slot, 20, 20);
  pace.unused(slot);
  pace.abandoned(slot, LIMIT, 30);
  send(pace, 4, 40);
  assert.equal(waitOf(pace, 1010), 1);
  assert.equal(waitOf(pace, 1011), 0);
});

test('idle is a pace that holds nothing and remembers no 429', () => {
  const pace = new Pace();
  assert.equal(pace.isIdle(0, LIMIT), true);
  const waiter = pace.enter(0);
  assert.equal(pace.isIdle(0, LIMIT), false);
  const slot = pace.take(waiter, 0, 0);
  assert.equal(pace.isIdle(10, LIMIT), false);
  pace.answered(slot, 100, 100);
  assert.equal(pace.isIdle(1100, LIMIT), false);
  assert.equal(pace.isIdle(1101, LIMIT), true);
  pace.limited(1200, 50_000, LIMIT, 1300);
  assert.equal(pace.isIdle(11_400, LIMIT), false);
  assert.equal(pace.isIdle(51_300, LIMIT), true);
  pace.limited(60_000, 0, LIMIT, 60_000);
  assert.equal(pace.isIdle(60_100, LIMIT), false);
  assert.equal(pace.isIdle(70_100, LIMIT), true);
});
