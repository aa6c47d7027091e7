// A server that counts arrivals in sliding windows, a network that delays, and callers who do as the driver does. Time
// is simulated and chance is seeded, so that a run is the same every time.

import { Pace } from './load.mjs';
import { randomFrom } from './random.mjs';
import { Timeline } from './timeline.mjs';

/** The driver's default. */
const MAX_RETRIES = 2;

/** Counts arrivals as the service does: one that meets a full window is a 429, which no later one is counted against. */
export class Server {
  arrivals = [];
  refused = 0;
  #first = 0;

  constructor({ limit, windowMs }) {
    this.limit = limit;
    this.windowMs = windowMs;
  }

  /** A request arrives; gives its status and the headers that the service might send. */
  receive(time) {
    while (this.arrivals[this.#first] <= time - this.windowMs) this.#first += 1;
    const isRefused = this.arrivals.length - this.#first >= this.limit;
    if (isRefused) this.refused += 1;
    else this.arrivals.push(time);
    const remaining = this.limit - (this.arrivals.length - this.#first);
    return { status: isRefused ? 429 : 200, announced: this.limit, remaining };
  }
}

/** One program that calls the server, paced by one `Pace`. */
export class Client {
  /** When which calls were sent, in order. */
  sent = [];
  finished = 0;
  failed = 0;
  refused = 0;
  /** How often anyone asked for a turn. */
  asked = 0;
  lastFinish = 0;
  #count = 0;

  /**
   * @param {object} world
   * @param {Timeline} world.timeline
   * @param {Server} world.server
   * @param {() => number} world.random
   * @param {(time: number, random: () => number) => [number, number]} world.latency - Milliseconds there and back.
   * @param {Pace} [world.pace]
   * @param {{ limit: number, windowMs: number }} [world.limit] - What the caller knows of the limit.
   * @param {number} [world.tick] - In what steps the clock goes, in milliseconds.
   * @param {number} [world.late] - By how much timers are late at the most, in milliseconds.
   * @param {boolean} [world.hasHeaders] - Whether the service sends X-RateLimit headers and Retry-After.
   */
  constructor({ timeline, server, random, latency, pace = new Pace(), limit = server, ...more }) {
    const { tick = 0, late = 2, hasHeaders = false } = more;
    Object.assign(this, { timeline, server, random, latency, pace, limit, tick, late, hasHeaders });
  }

  /** The client's own clock. */
  clock() {
    const { now } = this.timeline;
    return this.tick ? Math.floor(now / this.tick) * this.tick : now;
  }

  /** Makes a call now. */
  call() {
    const call = { number: this.#count++, attempt: 1, waiter: this.pace.enter(this.clock()), isGone: false };
    this.#ask(call);
    return call;
  }

  /** Makes so many calls now. */
  calls(count) {
    return Array.from({ length: count }, () => this.call());
  }

  /** A call is cancelled while it waits. */
  cancel(call) {
    this.pace.leave(call.waiter);
    call.isGone = true;
  }

  /** The runtime ends a call while it waits, and tells nobody. */
  forget(call) {
    call.isGone = true;
  }

  #ask(call) {
    if (call.isGone) return;
    this.asked += 1;
    const wait = this.pace.wait(call.waiter, this.limit, this.clock());
    if (wait > 0) this.timeline.after(Math.ceil(wait) + this.late * this.random(), () => this.#ask(call));
    else this.#send(call);
  }

  #send(call) {
    const { timeline, server } = this;
    const sentAt = this.clock();
    const slot = this.pace.take(call.waiter, 30_000, sentAt);
    this.sent.push({ time: timeline.now, number: call.number });
    const [up, down] = this.latency(timeline.now, this.random);
    timeline.after(up, () => {
      const answer = server.receive(timeline.now);
      timeline.after(down, () => this.#answered(call, slot, sentAt, answer));
    });
  }

  #answered(call, slot, sentAt, { status, announced, remaining }) {
    const now = this.clock();
    this.pace.answered(slot, now - sentAt, now);
    if (this.hasHeaders) this.pace.told(sentAt, announced, remaining, this.limit, now);
    if (status === 200) return this.#end('finished');
    this.refused += 1;
    const retryAfter = this.hasHeaders ? this.server.windowMs : undefined;
    this.pace.limited(sentAt, retryAfter, this.limit, now);
    if (call.attempt > MAX_RETRIES) return this.#end('failed');
    const wait = retryAfter ?? 500 * 2 ** (call.attempt - 1) * this.random();
    call.attempt += 1;
    this.timeline.after(wait, () => {
      call.waiter = this.pace.enter(this.clock(), true);
      this.#ask(call);
    });
  }

  #end(how) {
    this[how] += 1;
    this.lastFinish = this.timeline.now;
  }
}

/** The limit of the service as it is documented. */
export const LIMIT = { limit: 5, windowMs: 1000 };

/** A server and a client of it, at the beginning of time. */
export function world({ seed = 1, limit = LIMIT, latency = () => [10, 10], ...more } = {}) {
  const timeline = new Timeline();
  const server = new Server(limit);
  const client = new Client({ timeline, server, random: randomFrom(seed), latency, ...more });
  return { timeline, server, client };
}

/**
 * Queues calls at once and lets them run to their end.
 *
 * @param {object} options - As those of `Client`.
 * @param {number} [options.calls]
 * @returns {{ used: number, refused: number, client: Client, server: Server }} The share of the permitted rate that was
 *   used, and how many arrivals met a full window.
 */
export function run({ calls = 300, ...more }) {
  const { timeline, server, client } = world(more);
  client.calls(calls);
  timeline.run();
  return { used: shareUsed(server), refused: server.refused, client, server };
}

/** How much of the permitted rate was used between the first and the last arrival. */
export function shareUsed({ arrivals, limit, windowMs }) {
  const windows = (arrivals.at(-1) - arrivals[0]) / windowMs;
  return (arrivals.length - limit) / (limit * windows);
}
