/** How many requests a window holds, as the server counts them. */
export interface Limit {
  /** How many requests. */
  limit: number;
  /** The window's length in milliseconds. */
  windowMs: number;
}

/** A call that waits for its turn. */
export interface Waiter {
  /** Where it stands, or stood. */
  readonly queue: Queue;
  /** Its place there; -1 where it has left. */
  index: number;
  /** When it means to ask again. */
  due: number;
  /** When its turn is expected, at the earliest. */
  opensAt: number;
}

/** A request that was let through. */
export interface Slot {
  /** When it is given up at the latest. */
  lossAt: number;
}

/** How many round trips are remembered. */
const SAMPLES = 100;
/** How many round trips are needed before anything is concluded from them, and how many windows full of them. */
const ENOUGH_SAMPLES = 10;
const ENOUGH_WINDOWS = 2;
/** A round trip is trusted to vary at its lower end by as much as this many of the shortest do. */
const SHORT_SAMPLES = 25;
/** After so long a silence connections are closed, and the next round trips are longer than those that follow them. */
const SILENCE_MS = 4000;
/** How much two readings of a clock that ticks in milliseconds may be off. */
const TICK_MS = 1;
/** A waiter that waits longer than this asks half way. */
const PATIENCE_MS = 250;
/** It asks after so long for each waiter: all of them together ask 2,000 times a second, however many they are. */
const NAP_MS = 0.5;
/** It asks no sooner than this where round trips take longer than a window, so that slots wait for answers alone. */
const POLL_MS = 10;
/** A waiter that is later than this has been forgotten by its runtime; those behind it need not wait for it. */
const LATE_MS = 1000;
/** How often what is forgotten is looked for. */
const SWEEP_MS = 100;
/** For how long a request that may take for ever holds its slot. */
const FORGOTTEN_MS = 300_000;
/** After how many windows without a 429 more requests are tried. */
const WINDOWS_TO_RECOVER = 10;
/** So many times of answers are kept although they hold no slot, to explain headers that come late. */
const OLD_ANSWERS = 256;

/**
 * The pace of one bucket: at most so many requests in any window as the server sees them. It knows no clock: it is told
 * the time, in milliseconds that never go back.
 *
 * The server counts arrivals, which nobody sees here. A request has arrived when its answer comes, so that its slot is
 * surely free one window later. It is free earlier by the time that its answer and the next request travel, which is a
 * round trip; so a lower bound of round trips is subtracted, and requests that rely on it are sent one by one, since the
 * network may have become faster. `docs/pacing.md` has the figures.
 */
export class Pace {
  readonly #returned = new Queue();
  readonly #newcomers = new Queue();
  #sweptAt = -Infinity;
  readonly #inFlight = new Set<Slot>();
  /** When the last request was sent. */
  #sentAt = -Infinity;
  /** When answers came, in order. */
  #answered: number[] = [];
  #trips = new RoundTrips();
  #pausedUntil = -Infinity;
  /** When the last 429 that was news came. */
  #limitedAt = -Infinity;
  /** What the server says its limit is. */
  #announced: number | undefined;
  /** By how much the limit is lowered, since others seem to share it. */
  #penalty = 0;
  #recoversAt = 0;

  /** How many calls wait. */
  get queued(): number {
    return this.#returned.size + this.#newcomers.size;
  }

  /** How many requests have no answer yet. */
  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Until when nothing is sent. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** How many requests a window holds by what is known now. */
  effective({ limit }: Limit): number {
    return Math.max(1, (this.#announced ?? limit) - this.#penalty);
  }

  /** Whether it may be dropped: nobody waits, no slot is held and no 429 is remembered. */
  isIdle(now: number, limit: Limit): boolean {
    this.#sweep(limit, now);
    const isUsed = this.queued || this.inFlight || this.#penalty || this.#pausedUntil > now;
    return !isUsed && !((this.#answered.at(-1) as number) > now - limit.windowMs - TICK_MS);
  }

  /** Joins the queue: at its end or, for a call that was let through before, behind others of that kind at its head. */
  enter(now: number, isFirst = false): Waiter {
    const queue = isFirst ? this.#returned : this.#newcomers;
    return queue.add({ queue, index: -1, due: now, opensAt: now });
  }

  /** Leaves the queue. */
  leave(waiter: Waiter): void {
    waiter.queue.remove(waiter);
  }

  /**
   * Asks for a slot: 0 where the waiter may send now, with a slot by {@link take}; else the milliseconds after which to
   * ask again, which may be before {@link Waiter.opensAt}. One that asks more than a second late goes to the end of the
   * queue where others have asked meanwhile.
   */
  wait(waiter: Waiter, limit: Limit, now: number): number {
    this.#sweep(limit, now);
    const { queue } = waiter;
    if (waiter.index < 0) queue.add(waiter);
    const position = queue.position(waiter) + (queue === this.#returned ? 0 : this.#returned.size);
    waiter.opensAt = Math.max(now, this.#opening(position, limit, now));
    let wait = waiter.opensAt - now;
    // Those before it may leave, or be forgotten, of which nobody may tell it.
    const isNext = position <= this.effective(limit);
    const nap = isNext ? LATE_MS : Math.max(PATIENCE_MS, NAP_MS * this.queued);
    if (wait > PATIENCE_MS) wait = Math.min(wait / 2, nap);
    waiter.due = now + wait;
    return wait;
  }

  /** Takes the slot that a {@link wait} of 0 promised. The request is given up after `timeout`, 0 for never. */
  take(waiter: Waiter, timeout: number, now: number): Slot {
    this.leave(waiter);
    if (now > this.#sentAt + SILENCE_MS) this.#trips = new RoundTrips();
    this.#sentAt = now;
    const slot = { lossAt: now + (timeout || FORGOTTEN_MS) };
    this.#inFlight.add(slot);
    return slot;
  }

  /** An answer came, `trip` milliseconds after its request was sent. */
  answered(slot: Slot, trip: number, now: number): void {
    this.#trips.add(trip);
    if (this.#inFlight.delete(slot)) this.#hold(now);
  }

  /** No answer will come; the request arrived before now or never. */
  lost(slot: Slot, now: number): void {
    // No answer travelled, for which the bound could be subtracted.
    if (this.#inFlight.delete(slot)) this.#hold(now + this.#trips.bound());
  }

  /** Nobody waits for the answer any more, but the request may still be on its way. */
  abandoned(slot: Slot, { windowMs }: Limit, now: number): void {
    slot.lossAt = Math.min(slot.lossAt, now + (this.#trips.longest || windowMs));
  }

  /** The request never left, so that its slot is free at once. */
  unused(slot: Slot): void {
    this.#inFlight.delete(slot);
  }

  /**
   * The server answered 429: everyone waits as long as it asks, or a window, and the limit is lowered for a while, since
   * others seem to share it. Gives whether this is news: what was sent before the last 429 was known is not.
   */
  limited(sentAt: number, waitMs: number | undefined, limit: Limit, now: number): boolean {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + (waitMs ?? limit.windowMs));
    this.#trips = new RoundTrips();
    if (sentAt <= this.#limitedAt) return false;
    this.#limitedAt = now;
    if (this.#announced) this.#announced = Math.min(this.#announced, limit.limit);
    const size = this.effective(limit);
    this.#penalty += Math.min(size - 1, Math.ceil(size / 8));
    this.#recoversAt = now + WINDOWS_TO_RECOVER * limit.windowMs;
    return true;
  }

  /** What the headers of an answer say of the limit, each where it is there. Gives whether others use it as well. */
  told(
    sentAt: number,
    announced: number | undefined,
    remaining: number | undefined,
    limit: Limit,
    now: number,
  ): boolean {
    // One more for each answer, so that a header that means something else is found out; none after a 429.
    const most = this.#limitedAt > -Infinity ? limit.limit : (this.#announced ?? limit.limit) + 1;
    if (announced) this.#announced = Math.min(announced, most);
    if (remaining !== 0) return false;
    const before = countUntil(this.#answered, sentAt - limit.windowMs);
    const unexplained = this.effective(limit) - this.inFlight - this.#answered.length + before;
    for (let i = 0; i < unexplained; i++) this.#hold(now);
    return unexplained > 0;
  }

  /** A slot is held by a request that arrived at this time at the latest. */
  #hold(time: number): void {
    const times = this.#answered;
    let i = times.push(time) - 1;
    for (; (times[i - 1] as number) > time; i--) times[i] = times[i - 1] as number;
    times[i] = time;
  }

  /** When the waiter at this position may send: exactly where it is known, else no later than that. */
  #opening(position: number, limit: Limit, now: number): number {
    const size = this.effective(limit);
    const hold = limit.windowMs + TICK_MS;
    // Nearly even; whatever timers are late by must not add up.
    const even = Math.max(0, (0.8 * limit.windowMs) / size - 2 * TICK_MS);
    const bound = this.#trips.bound(size);
    // Where the network has become faster, its first answer comes before a third request relies on the bound.
    const gap = this.#penalty ? even : Math.min(even, bound / 3);
    const shortHold = Math.max(POLL_MS, hold - bound);
    const spaced = Math.max(now, this.#sentAt + gap) + gap * position;
    const early = Math.max(spaced, this.#turn(position, size, shortHold, limit, now));
    return this.#penalty ? early : Math.min(early, this.#turn(position, size, hold, limit, now));
  }

  /** When this position gets a slot, at the earliest, where each is held for so long after its answer. */
  #turn(position: number, size: number, hold: number, { windowMs }: Limit, now: number): number {
    const first = countUntil(this.#answered, now - hold);
    const held = this.#answered.length - first;
    const taken = held + this.inFlight;
    // Slots are freed in order, and again a window later at the earliest.
    const freed = position - (size - taken);
    const rounds = Math.max(0, Math.ceil((freed + 1 - taken) / size));
    const index = freed - rounds * size;
    const opening = index < 0 ? now : hold + (index < held ? (this.#answered[first + index] as number) : now);
    return Math.max(opening, this.#pausedUntil) + rounds * windowMs;
  }

  /** What time alone changes. */
  #sweep({ windowMs }: Limit, now: number): void {
    if (now < this.#sweptAt + SWEEP_MS) return;
    // Whoever was late already when others asked before; all are late where the runtime itself was.
    for (const queue of [this.#returned, this.#newcomers]) queue.removeLate(this.#sweptAt - LATE_MS);
    this.#sweptAt = now;
    // A runtime may end a request without a word: a Worker's, for one.
    for (const slot of this.#inFlight) if (slot.lossAt <= now) this.lost(slot, slot.lossAt);
    while (this.#penalty && this.#recoversAt <= now) {
      this.#penalty -= Math.ceil(this.#penalty / 4);
      this.#recoversAt += WINDOWS_TO_RECOVER * windowMs;
    }
    const old = countUntil(this.#answered, now - windowMs - TICK_MS) - OLD_ANSWERS;
    if (old > 0) this.#answered.splice(0, old);
  }
}

/** Those who wait, first come first served; each operation takes constant time, averaged over many. */
class Queue {
  #waiters: (Waiter | undefined)[] = [];
  #head = 0;
  size = 0;

  add(waiter: Waiter): Waiter {
    waiter.index = this.#waiters.push(waiter) - 1;
    this.size += 1;
    return waiter;
  }

  remove(waiter: Waiter): void {
    if (waiter.index < 0) return;
    this.#waiters[waiter.index] = undefined;
    waiter.index = -1;
    this.size -= 1;
    while (this.#head < this.#waiters.length && !this.#waiters[this.#head]) this.#head += 1;
    // So few holes are left that a position is as good as exact.
    if ((this.#waiters.length - this.size) * 32 > this.#waiters.length) this.#close();
  }

  removeLate(time: number): void {
    for (const waiter of this.#waiters) if (waiter && waiter.due < time) this.remove(waiter);
  }

  /** How many wait before this one. */
  position(waiter: Waiter): number {
    return Math.min(waiter.index - this.#head, this.size - 1);
  }

  #close(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    this.#head = this.size = 0;
    for (const waiter of waiters) if (waiter) this.add(waiter);
  }
}

/** The last round trips. */
class RoundTrips {
  readonly #last: number[] = [];
  #count = 0;
  /** Them in order: sorting them anew at every answer took 1 µs of a call's 15. */
  readonly #sorted: number[] = [];

  add(trip: number): void {
    const place = this.#count++ % SAMPLES;
    const oldest = this.#last[place];
    if (oldest !== undefined) this.#sorted.splice(countUntil(this.#sorted, oldest) - 1, 1);
    this.#sorted.splice(countUntil(this.#sorted, trip), 0, trip);
    this.#last[place] = trip;
  }

  /** The longest, 0 where there is none. */
  get longest(): number {
    return Math.max(0, this.#sorted.at(-1) ?? 0);
  }

  /** What one takes at the least, 0 before some windows of this size are known. */
  bound(size = 0): number {
    if (this.#count < Math.max(ENOUGH_SAMPLES, ENOUGH_WINDOWS * size)) return 0;
    return Math.max(0, lowerBound(this.#sorted) - TICK_MS);
  }
}

/** Below the shortest by as much as the short ones vary. They come in order. */
function lowerBound(trips: readonly number[]): number {
  return 2 * (trips[0] as number) - (trips[Math.min(trips.length, SHORT_SAMPLES) - 1] as number);
}

/** How many of these numbers, which are in order, are no greater than that. */
function countUntil(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
