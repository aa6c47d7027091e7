// What the TypeScript pace says to seeded sequences of steps. `cases.json` holds it, so that the Rust one, which has to
// say the same, needs no JavaScript: `node tests/pace/record.mjs > tests/pace/cases.json && npm run format` renews it.

import { pathToFileURL } from 'node:url';
import { Pace } from './load.mjs';
import { randomFrom } from './random.mjs';

const SEQUENCES = 15;
/** How a sequence goes: each step as often as it stands here, and how much time passes at most between two. */
const MANNERS = [
  {
    length: 100,
    pauseMs: 400,
    silencesMs: [2500, 11_000],
    steps:
      'enter enter enter wait wait wait wait answered answered answered lost abandoned unused leave told limited'.split(
        ' ',
      ),
  },
  // Calm, so that round trips are learned and the queue grows.
  { length: 150, pauseMs: 120, steps: 'enter enter wait wait wait wait answered answered'.split(' ') },
  // Answers take about as long, so that the bound is relied on; now and then a request is lost.
  {
    length: 700,
    pauseMs: 250,
    tripMs: 80,
    steps: 'enter enter wait wait wait wait wait wait wait wait wait lost'.split(' '),
  },
  // The same with requests that are forgotten, and long silences.
  {
    length: 200,
    pauseMs: 150,
    tripMs: 80,
    silencesMs: [4500, 301_500],
    steps: 'enter enter wait wait wait wait wait wait wait wait wait forget'.split(' '),
  },
  // Round trips are longer than a window.
  {
    length: 200,
    pauseMs: 150,
    tripMs: 1100,
    silencesMs: [4500],
    steps: 'enter enter wait wait wait wait wait wait told leave'.split(' '),
  },
];

/** One sequence: a pace, those who wait, those who were let through, and the steps so far. */
class Recording {
  #now = 0;
  #last = 0;
  #pace = new Pace();
  #waiters = new Map();
  #slots = new Map();
  #random;
  limit;
  steps = [];

  constructor(seed) {
    this.#random = randomFrom(seed);
    this.limit = { limit: this.#pick([1, 2, 5, 5, 20, 20]), windowMs: this.#pick([200, 1000, 1000]) };
    const { length, pauseMs, tripMs, silencesMs = [], steps } = MANNERS[seed % MANNERS.length];
    while (this.steps.length < length) {
      const silence = this.#random() < 0.01 ? (this.#pick(silencesMs) ?? 0) : 0;
      const time = this.#now + Math.floor(this.#random() ** 3 * pauseMs) + silence;
      if (tripMs) this.#answerUntil(time, tripMs);
      this.#now = time;
      const name = this.#pick(steps);
      const said = this[name]();
      if (said) this.#note(name, ...said);
    }
  }

  enter() {
    const isFirst = this.#random() < 0.2;
    this.#waiters.set(++this.#last, this.#pace.enter(this.#now, isFirst));
    return [this.#last, isFirst];
  }

  wait() {
    const waiting = [...this.#waiters.keys()];
    const id = this.#pick(this.#random() < 0.7 ? waiting.slice(0, 3) : waiting);
    if (!id) return undefined;
    const waiter = this.#waiters.get(id);
    const wait = this.#pace.wait(waiter, this.limit, this.#now);
    if (wait > 0) return [id, wait, waiter.opensAt];
    this.#note('wait', id, wait, waiter.opensAt);
    const timeout = this.#pick([0, 500, 30_000]);
    this.#slots.set(id, { slot: this.#pace.take(waiter, timeout, this.#now), sentAt: this.#now });
    this.#waiters.delete(id);
    return this.#note('take', id, timeout);
  }

  leave() {
    const id = this.#pick([...this.#waiters.keys()]);
    if (!id) return undefined;
    this.#pace.leave(this.#waiters.get(id));
    this.#waiters.delete(id);
    return [id];
  }

  /** The runtime ends a request and tells nobody. */
  forget() {
    this.#slots.delete(this.#pick([...this.#slots.keys()]));
  }

  answered = () => this.#end((slot, trip) => this.#pace.answered(slot, trip, this.#now));
  lost = () => this.#end((slot) => this.#pace.lost(slot, this.#now));
  abandoned = () => this.#end((slot) => this.#pace.abandoned(slot, this.limit, this.#now));
  unused = () => this.#end((slot) => this.#pace.unused(slot));

  limited() {
    const [sentAt, wait] = [this.#now - this.#pick([20, 80]), this.#pick([null, 0, 1000])];
    return [sentAt, wait, this.#pace.limited(sentAt, wait ?? undefined, this.limit, this.#now)];
  }

  told() {
    const [sentAt, announced, remaining] = [
      this.#now - this.#pick([20, 80, 6000]),
      this.#pick([null, 0, 3, 5, 50]),
      this.#pick([null, 0, 0, 2]),
    ];
    const headers = [announced ?? undefined, remaining ?? undefined];
    return [sentAt, announced, remaining, this.#pace.told(sentAt, ...headers, this.limit, this.#now)];
  }

  #end(act) {
    const id = this.#pick([...this.#slots.keys()]);
    if (!id) return undefined;
    const { slot, sentAt } = this.#slots.get(id);
    const trip = this.#now - sentAt;
    act(slot, trip);
    this.#slots.delete(id);
    return [id, trip];
  }

  /** Answers come, each about so long after its request. */
  #answerUntil(time, tripMs) {
    for (const [id, { slot, sentAt }] of this.#slots) {
      const trip = tripMs + ((id * 37) % 41);
      if (sentAt + trip > time) continue;
      this.#now = Math.max(this.#now, sentAt + trip);
      this.#pace.answered(slot, trip, this.#now);
      this.#slots.delete(id);
      this.#note('answered', id, trip);
    }
  }

  /** Each step is told with what is known after it. */
  #note(step, ...said) {
    const { queued, inFlight } = this.#pace;
    this.steps.push({ step, at: this.#now, said, queued, inFlight, limit: this.#pace.effective(this.limit) });
  }

  #pick(list) {
    return list[Math.floor(this.#random() * list.length)];
  }
}

/** The whole table. */
export function record() {
  return Array.from({ length: SEQUENCES }, (_, seed) => {
    const { limit, steps } = new Recording(seed);
    return { ...limit, steps };
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(JSON.stringify(record()));
