/** How many requests a window holds, as the server counts them. */
export interface Limit {
  /** How many requests. */
  limit: number;
  /** The window's length in milliseconds. */
  windowMs: number;
}

/** A call that waits for its turn. */
export interface Waiter {
  /** Its place in the queue; -1 where it stands in none. */
  index: number;
  /** When it means to ask again. */
  due: number;
}

/** A request that was let through: what {@link Pace} knows it by. */
export type Slot = number;

/** How many round trips are remembered. */
const SAMPLES = 100;
/** How many round trips are needed before anything is concluded from them. */
const ENOUGH_SAMPLES = 20;
/** A waiter that is later than this has been forgotten by its runtime; those behind it need not wait for it. */
const LATE_MS = 1000;
/** The shortest wait while every slot is held by a request that has no answer yet. */
const POLL_MS = 20;
/** How much two readings of a clock that ticks in milliseconds may be off. */
const TICK_MS = 1;
/** For how long a request that may take for ever holds its slot. */
const FORGOTTEN_MS = 300_000;
/** After how many windows without a 429 one request more is tried. */
const WINDOWS_TO_RECOVER = 10;

/**
 * The pace of one bucket: at most so many requests in any window as the server sees them. It knows no clock: it is told
 * the time, in milliseconds that never go back.
 *
 * The server counts arrivals, which nobody sees here. An arrival is no later than its response, and the next one comes
 * no earlier than half a round trip after it was sent; so a slot is free again one window after its response came, less
 * a lower bound of the round trip. The bound is 0 for the first 20 round trips and after a 429; then it is twice the
 * shortest less the mean of the last 100, which is the shortest itself where the latency does not vary and 0 where it
 * varies a lot. `docs/pacing.md` has the figures.
 */
export class Pace {
  readonly #queue = new Queue();
  /** When the requests on their way are given up at the latest. */
  readonly #sent = new Map<Slot, number>();
  /** When the earliest of them is given up. */
  #nextLoss = Infinity;
  #lastSlot = 0;
  /** When answers came, in order; those before `#first` hold no slot any more. */
  #answered: number[] = [];
  #first = 0;
  readonly #trips = new RoundTrips();
  #pausedUntil = -Infinity;
  /** What the server says its limit is. */
  #announced: number | undefined;
  /** By how much the limit is lowered, since others seem to share it. */
  #penalty = 0;
  #penaltyAt = -Infinity;

  /** How many calls wait. */
  get queued(): number {
    return this.#queue.size;
  }

  /** How many requests have no answer yet. */
  get inFlight(): number {
    return this.#sent.size;
  }

  /** Until when nothing is sent. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** How many requests a window holds by what is known now. */
  effective({ limit }: Limit): number {
    return Math.max(1, (this.#announced ?? limit) - this.#penalty);
  }

  /** Whether nothing is known that a new pace would not know. */
  isIdle(now: number, { windowMs }: Limit): boolean {
    const last = this.#answered.at(-1) ?? -Infinity;
    return !this.queued && !this.inFlight && last + windowMs + TICK_MS < now && this.#pausedUntil < now;
  }

  /** Joins the queue: at its end, or at its head for a call that was let through before. */
  enter(now: number, isFirst = false): Waiter {
    const waiter = { index: -1, due: now };
    this.#queue.add(waiter, isFirst);
    return waiter;
  }

  /** Leaves the queue. */
  leave(waiter: Waiter): void {
    this.#queue.remove(waiter);
  }

  /**
   * Asks for a slot: 0 where the waiter may send now, with a slot by {@link take}; else the milliseconds after which to
   * ask again. A waiter asks when it said it would; one that is a second late goes to the end of the queue.
   */
  wait(waiter: Waiter, limit: Limit, now: number): number {
    if (waiter.index < 0 || waiter.due + LATE_MS < now) {
      this.#queue.remove(waiter);
      this.#queue.add(waiter, false);
    }
    this.#queue.skip((other) => other !== waiter && other.due + LATE_MS < now);
    const window = limit.windowMs;
    const wait = this.#opening(this.#queue.position(waiter), limit, now) - now;
    // Whoever waits long asks again half way: those before it may have left.
    waiter.due = now + (wait > 2 * window ? wait / 2 : wait);
    return Math.max(0, waiter.due - now);
  }

  /** Takes the slot that a {@link wait} of 0 promised. The request is given up after `timeout`, 0 for never. */
  take(waiter: Waiter, timeout: number, now: number): Slot {
    this.#queue.remove(waiter);
    const lossAt = now + (timeout || FORGOTTEN_MS);
    this.#sent.set(++this.#lastSlot, lossAt);
    this.#nextLoss = Math.min(this.#nextLoss, lossAt);
    return this.#lastSlot;
  }

  /** An answer came, `trip` milliseconds after its request was sent. */
  answered(slot: Slot, trip: number, now: number): void {
    this.#trips.add(trip);
    this.#free(slot, now);
  }

  /** No answer will come; the request arrived before now or never. */
  lost(slot: Slot, now: number): void {
    this.#free(slot, now);
  }

  /** Nobody waits for the answer any more, but the request may still be on its way. */
  abandoned(slot: Slot, { windowMs }: Limit, now: number): void {
    const lossAt = this.#sent.get(slot);
    if (lossAt === undefined) return;
    const arrived = Math.min(lossAt, now + (this.#trips.longest || windowMs));
    this.#sent.set(slot, arrived);
    this.#nextLoss = Math.min(this.#nextLoss, arrived);
  }

  /** The request never left, so that its slot is free at once. */
  unused(slot: Slot): void {
    this.#sent.delete(slot);
  }

  /**
   * The server answered 429: everyone waits as long as it asks, or a window, and the limit is lowered for a while, since
   * others seem to share it. Gives whether this is the first 429 of its kind: what was sent before the last one was
   * known says nothing new.
   */
  limited(sentAt: number, waitMs: number | undefined, limit: Limit, now: number): boolean {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + (waitMs ?? limit.windowMs));
    this.#trips.forget();
    if (sentAt <= this.#penaltyAt) return false;
    this.#penaltyAt = now;
    if (this.#announced !== undefined) this.#announced = Math.min(this.#announced, limit.limit);
    const size = this.effective(limit);
    this.#penalty += Math.min(size - 1, Math.ceil(size / 8));
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
    // After a 429 no more than the caller's own limit is believed.
    const most = this.#penaltyAt === -Infinity ? Infinity : limit.limit;
    if (announced !== undefined && announced >= 1) this.#announced = Math.min(announced, most);
    if (remaining !== 0) return false;
    const unexplained = this.effective(limit) - this.#since(sentAt - limit.windowMs);
    for (let i = 0; i < unexplained; i++) this.#answered.push(now);
    return unexplained > 0;
  }

  /** How many requests may have arrived since then. */
  #since(time: number): number {
    let count = this.#sent.size;
    for (let i = this.#answered.length - 1; i >= 0 && (this.#answered[i] as number) >= time; i--) count += 1;
    return count;
  }

  #free(slot: Slot, now: number): void {
    if (this.#sent.delete(slot)) this.#answered.push(now);
  }

  /** When the waiter at this position may send: exactly where it is known, else no later than that. */
  #opening(position: number, limit: Limit, now: number): number {
    this.#recover(limit, now);
    this.#forget(limit, now);
    const size = this.effective(limit);
    const held = this.#answered.length - this.#first;
    const ahead = position - (size - this.#sent.size - held);
    if (ahead < 0) return Math.max(now, this.#pausedUntil);
    const cycles = ahead < held ? 0 : Math.floor(ahead / size);
    const answered = this.#answered[this.#first + (cycles ? ahead % size : ahead)];
    const hold = this.#hold(limit);
    const opening = answered === undefined ? now + Math.max(hold, POLL_MS) : answered + hold;
    return Math.max(opening + cycles * limit.windowMs, this.#pausedUntil);
  }

  /** For how long an answered request holds its slot. */
  #hold({ windowMs }: Limit): number {
    return Math.max(0, windowMs + TICK_MS - this.#trips.bound());
  }

  /** Gives slots free whose time is over. */
  #forget(limit: Limit, now: number): void {
    if (this.#nextLoss <= now) this.#loseOverdue(now);
    const opened = now - this.#hold(limit);
    // A 429 takes the bound back, so that slots that were free may be held again.
    while (this.#first > 0 && (this.#answered[this.#first - 1] as number) > opened) this.#first -= 1;
    while (this.#first < this.#answered.length && (this.#answered[this.#first] as number) <= opened) this.#first += 1;
    if (this.#first < 64 || this.#first * 2 < this.#answered.length) return;
    const kept = this.#answered.findIndex((time) => time > now - 2 * limit.windowMs);
    if (kept <= 0) return;
    this.#answered = this.#answered.slice(kept);
    this.#first = Math.max(0, this.#first - kept);
  }

  /** A runtime may end a request without a word: a Worker's, for one. */
  #loseOverdue(now: number): void {
    this.#nextLoss = Infinity;
    for (const [slot, lossAt] of this.#sent) {
      if (lossAt <= now) this.lost(slot, now);
      else this.#nextLoss = Math.min(this.#nextLoss, lossAt);
    }
  }

  #recover({ windowMs }: Limit, now: number): void {
    if (!this.#penalty || now < this.#penaltyAt + WINDOWS_TO_RECOVER * windowMs) return;
    this.#penalty -= 1;
    this.#penaltyAt = now;
  }
}

/** Those who wait, first come first served; each operation takes constant time, averaged over many. */
class Queue {
  #waiters: (Waiter | undefined)[] = [];
  #head = 0;
  size = 0;

  add(waiter: Waiter, isFirst: boolean): void {
    if (isFirst) {
      this.#waiters = [waiter, ...this.#waiters.slice(this.#head)];
      this.#number();
    } else waiter.index = this.#waiters.push(waiter) - 1;
    this.size += 1;
  }

  remove(waiter: Waiter): void {
    if (waiter.index < 0) return;
    this.#waiters[waiter.index] = undefined;
    waiter.index = -1;
    this.size -= 1;
    this.skip(() => false);
    // Holes are closed where they are the greater part.
    if (this.#waiters.length < 64 || this.size * 2 > this.#waiters.length) return;
    this.#waiters = this.#waiters.filter((other) => other);
    this.#number();
  }

  /** Drops waiters from the head as long as they are of this kind. */
  skip(isSkipped: (waiter: Waiter) => boolean): void {
    for (; this.#head < this.#waiters.length; this.#head++) {
      const waiter = this.#waiters[this.#head];
      if (!waiter) continue;
      if (!isSkipped(waiter)) return;
      this.#waiters[this.#head] = undefined;
      waiter.index = -1;
      this.size -= 1;
    }
  }

  /** How many wait before this one: those that have left in between may still count. */
  position(waiter: Waiter): number {
    return Math.min(waiter.index - this.#head, this.size - 1);
  }

  #number(): void {
    this.#head = 0;
    for (const [index, waiter] of this.#waiters.entries()) if (waiter) waiter.index = index;
  }
}

/** The last round trips. */
class RoundTrips {
  readonly #trips = new Float64Array(SAMPLES);
  #count = 0;
  #bound: number | undefined = 0;

  add(trip: number): void {
    this.#trips[this.#count % SAMPLES] = trip;
    this.#count += 1;
    this.#bound = undefined;
  }

  forget(): void {
    this.#count = 0;
    this.#bound = 0;
  }

  /** The longest, 0 where there is none. */
  get longest(): number {
    return Math.max(0, ...this.#known());
  }

  /** What a round trip takes at the least, as far as those before tell. */
  bound(): number {
    this.#bound ??= this.#lowerBound();
    return this.#bound;
  }

  #lowerBound(): number {
    if (this.#count < ENOUGH_SAMPLES) return 0;
    const known = this.#known();
    const mean = known.reduce((sum, trip) => sum + trip, 0) / known.length;
    return Math.max(0, 2 * Math.min(...known) - mean);
  }

  #known(): Float64Array {
    return this.#trips.subarray(0, Math.min(this.#count, SAMPLES));
  }
}
