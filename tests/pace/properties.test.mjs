import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace, paceWith } from './load.mjs';
import { randomFrom } from './random.mjs';

const TIMEOUT = 700;

/** What requests may have arrived when, kept as plainly as possible: the judge of what the pace lets through. */
class Judge {
  requests = new Map();

  constructor(limit) {
    this.limit = limit;
  }

  sent(slot, now) {
    this.requests.set(slot, { sentAt: now, arrivedBy: now + TIMEOUT, isOpen: true });
  }

  /** The request has arrived by then, or never will. */
  ended(slot, time) {
    const request = this.requests.get(slot);
    request.arrivedBy = Math.min(request.arrivedBy, time);
    request.isOpen = false;
  }

  unused(slot) {
    this.requests.delete(slot);
  }

  /** How many requests may have arrived within the window that ends now, or may arrive yet. */
  held(now) {
    const since = now - this.limit.windowMs;
    return [...this.requests.values()].filter(({ arrivedBy }) => arrivedBy > since).length;
  }
}

/**
 * Random calls that wait, leave, are sent, answered, lost, forgotten; `check` sees how whoever is at the head asks.
 * Round trips take any time, or about `trip` milliseconds where it is given.
 */
function play(seed, pace, check, trip) {
  const random = randomFrom(seed);
  const pick = (items) => items[Math.floor(random() * items.length)];
  const take = (items) => items.splice(Math.floor(random() * items.length), 1)[0];
  const limit = { limit: 1 + Math.floor(6 * random()), windowMs: pick([50, 200, 1000, 3000]) };
  const judge = new Judge(limit);
  const waiting = [];
  const flying = [];
  let now = 1000 * random();
  const answer = ({ slot, sentAt }) => {
    pace.answered(slot, now - sentAt, now);
    judge.ended(slot, now);
  };
  const moves = {
    enter: () => waiting.push(pace.enter(now)),
    leave: () => waiting.length > 0 && pace.leave(take(waiting)),
    ask: () => {
      for (const waiter of [...waiting]) {
        const wait = pace.wait(waiter, limit, now);
        if (waiter === waiting[0]) check({ wait, now, judge, limit, opensAt: waiter.opensAt });
        if (wait > 0) continue;
        assert.equal(waiter, waiting.shift(), `seed ${seed}: first come, first served`);
        const slot = pace.take(waiter, TIMEOUT, now);
        judge.sent(slot, now);
        flying.push({ slot, sentAt: now, answerAt: now + trip * (1 + 0.1 * random()) });
      }
    },
    end: () => {
      if (flying.length === 0 || trip) return;
      const request = take(flying);
      if (now > request.sentAt + TIMEOUT) return;
      const how = random();
      if (how < 0.8) return answer(request);
      if (how < 0.9) {
        pace.lost(request.slot, now);
        judge.ended(request.slot, now);
      } else {
        pace.unused(request.slot);
        judge.unused(request.slot);
      }
    },
    pass: () => {
      const until = now + (random() < 0.1 ? 3 * limit.windowMs * random() : (limit.windowMs / limit.limit) * random());
      flying.sort((a, b) => a.answerAt - b.answerAt);
      while (flying[0]?.answerAt <= until) {
        now = flying[0].answerAt;
        answer(flying.shift());
      }
      now = until;
    },
  };
  const names = ['enter', 'enter', 'enter', 'leave', 'ask', 'ask', 'end', 'end', 'pass', 'pass'];
  for (let i = 0; i < 600; i++) moves[pick(names)]();
}

test('wherever between sending and answer requests arrive, no window ever holds more than the limit', async () => {
  const Certain = await paceWith('0');
  let sent = 0;
  for (let seed = 0; seed < 300; seed++) {
    play(seed, new Certain(), ({ wait, now, judge, limit }) => {
      if (wait > 0) return;
      sent += 1;
      assert(judge.held(now) < limit.limit, `seed ${seed} at ${now}`);
    });
  }
  assert(sent > 10_000, `${sent}`);
});

test('whoever is at the head waits only while every slot is held, and knows until when', async () => {
  const Certain = await paceWith('0');
  let waits = 0;
  for (let seed = 0; seed < 300; seed++) {
    play(seed, new Certain(), ({ wait, now, judge, limit, opensAt }) => {
      if (wait === 0) return;
      // A clock's tick, and how often the pace looks for what is overdue.
      const slack = 1 + 100 + 1e-6;
      assert(judge.held(now - slack) >= limit.limit, `seed ${seed} at ${now}`);
      if ([...judge.requests.values()].some(({ isOpen }) => isOpen)) return;
      waits += 1;
      assert(judge.held(opensAt) < limit.limit, `seed ${seed} at ${now}`);
      assert(judge.held(opensAt - 1 - 1e-6) >= limit.limit, `seed ${seed} at ${now}`);
    });
  }
  assert(waits > 1000, `${waits}`);
});

test('with the bound, a slot opens earlier by no more than the shortest round trip', () => {
  let early = 0;
  for (const trip of [20, 100, 400, 600]) {
    for (let seed = 0; seed < 100; seed++) {
      const check = ({ wait, now, judge, limit }) => {
        if (wait > 0) return;
        if (judge.held(now) >= limit.limit) early += 1;
        assert(judge.held(now + trip) < limit.limit, `seed ${seed}, trip ${trip} at ${now}`);
        const open = [...judge.requests.values()].filter(({ isOpen }) => isOpen);
        assert(open.length < limit.limit, `seed ${seed}, trip ${trip}: a slot is used before its answer at ${now}`);
      };
      play(seed, new Pace(), check, trip);
    }
  }
  assert(early > 100, `${early}`);
});
