import type { OperationRow } from './generated/operations.js';
import { type Limit, Pace, type Slot, type Waiter } from './pace.js';
import { now, parseCount, parseRetryAfter, sleep } from './time.js';

/** An operation, as a bucket's key may need it. */
export interface BucketOperation {
  /** The operation's id, `getContact`. */
  id: string;
  /** The HTTP method. */
  method: string;
}

/** How requests are paced. */
export interface RateLimitOptions {
  /** How many requests of a bucket a window holds, up to 100,000; 5 where it is left out. */
  limit?: number | undefined;
  /** The window's length in milliseconds; 1000 where it is left out. */
  windowMs?: number | undefined;
  /**
   * What is counted together: requests of one HTTP method, of one operation, or those that a function names alike, which
   * is asked once for each operation.
   */
  key?: 'method' | 'operation' | ((operation: BucketOperation) => string) | undefined;
  /**
   * A name that joins clients which share one limit, such as several tokens of one organization. Left out, clients of
   * one origin and token do.
   */
  group?: string | undefined;
  /** How many calls may wait in a bucket; 10,000 where it is left out. One more is a `RateLimitError`. */
  maxQueue?: number | undefined;
  /**
   * How long a call may wait for its turn, in milliseconds; for ever where it is left out, 0 for not at all. A call that
   * would wait longer is a `RateLimitError` at once, so that a queue worker can hand its message back.
   */
  maxWaitMs?: number | undefined;
}

/** The options, checked and complete. */
export interface Pacing extends Limit {
  key: (operation: BucketOperation) => string;
  /** What the buckets belong to: an object, or all of this program. */
  owner: object | undefined;
  /** What is before each bucket's name. */
  prefix: string;
  maxQueue: number;
  maxWaitMs: number;
  /** The longest pause that is waited for, in milliseconds: one that the service asks for may be absurd. */
  maxPauseMs: number;
}

/** One bucket, as `client.stats()` shows it. */
export interface BucketStats {
  /** The bucket's name: `GET`, by default. */
  bucket: string;
  /** How many requests a window holds, by what is known now. */
  limit: number;
  /** How many calls wait for their turn. */
  queued: number;
  /** How many requests have no answer yet. */
  inFlight: number;
  /** For how long nothing will be sent, in milliseconds. */
  pausedMs: number;
}

/** A wait that is too long, or a queue that is full. */
export interface Refusal {
  /** What is said of it. */
  reason: string;
  /** How long the wait would be, in milliseconds. */
  waitMs: number;
}

/** What a limiter tells of. */
export type OnLimit = (reason: 'queue' | 'response' | 'shared', waitMs: number, queued: number) => void;

/** What a call says of itself that asks for its turn. */
export interface Asked {
  /** Whether it was let through before. */
  isAgain: boolean;
  /** How long its request may take, in milliseconds; 0 for ever. */
  timeout: number;
  /** How long it may wait. */
  leftMs: number;
  signal: AbortSignal | undefined;
  onLimit: OnLimit;
}

/** How many buckets are kept before idle ones are dropped. */
const MANY_BUCKETS = 1000;

/** Every bucket of this program, whichever copy of the package made it. */
interface Registry {
  shared: Map<string, Pace>;
  owned: WeakMap<object, Map<string, Pace>>;
}

const REGISTRY = Symbol.for('respond-io-wasm/paces/1');

/** Lets requests through at the pace that the service permits. Its buckets are shared with other clients. */
export class Limiter {
  /** What it was told. */
  declare readonly pacing: Pacing;
  /** The buckets that this client has used. */
  readonly #used = new Map<string, Pace>();

  /** The bucket of each operation that was used. */
  readonly #names = new Map<string, string>();

  /** A limiter that paces as told; it looks for its buckets when they are used. */
  constructor(pacing: Pacing) {
    this.pacing = pacing;
  }

  /** The name of an operation's bucket, asked for once: a call that was sent never meets a function that throws. */
  bucketOf([id, method]: OperationRow): string {
    const name = this.#names.get(id) ?? this.pacing.key({ id, method });
    if (typeof name !== 'string') throw new TypeError('a name must be a string');
    this.#names.set(id, name);
    return name;
  }

  /**
   * Waits for this call's turn, on a timer of its own: in a Worker no call may wake another one.
   *
   * @returns The turn, at once where it is free; a refusal where the wait would be too long; undefined where the signal
   * aborted it.
   */
  admit(bucket: string, asked: Asked): Promise<Turn | Refusal | undefined> | Turn {
    const pace = this.pace(bucket);
    const start = now();
    const waiter = pace.enter(start, asked.isAgain);
    const wait = pace.wait(waiter, this.pacing, start);
    return wait ? this.#queue(pace, waiter, asked, start, wait) : this.#turn(pace, waiter, asked, start);
  }

  async #queue(
    pace: Pace,
    waiter: Waiter,
    asked: Asked,
    start: number,
    first: number,
  ): Promise<Turn | Refusal | undefined> {
    const { isAgain, leftMs, signal, onLimit } = asked;
    const pacing = this.pacing;
    let time = start;
    for (let wait = first; wait; wait = pace.wait(waiter, pacing, time)) {
      // The next look may come earlier than the turn.
      const waitMs = waiter.opensAt - time;
      // A call that was let through before is not given up because others have come meanwhile.
      const isFull = time === start && !isAgain && pace.queued > pacing.maxQueue;
      const most = Math.max(0, Math.min(pacing.maxWaitMs, leftMs));
      const pauseMs = pace.pausedUntil - time;
      const isPaused = pauseMs > pacing.maxPauseMs;
      if (isFull || isPaused || time - start + waitMs > most) {
        pace.leave(waiter);
        const tooLong = `it would wait longer than ${Math.round(most)} ms for its turn`;
        if (isPaused) return { reason: 'the service asks for a longer pause than maxRetryDelayMs', waitMs: pauseMs };
        return { reason: isFull ? 'the queue is full' : tooLong, waitMs };
      }
      if (time === start) onLimit('queue', waitMs, pace.queued);
      if (!(await sleep(wait, signal))) {
        pace.leave(waiter);
        return undefined;
      }
      time = now();
    }
    return this.#turn(pace, waiter, asked, time);
  }

  #turn(pace: Pace, waiter: Waiter, { timeout, onLimit }: Asked, time: number): Turn {
    return new Turn(pace, this.pacing, pace.take(waiter, timeout, time), onLimit);
  }

  /** The buckets that this client has used. */
  stats(): BucketStats[] {
    return [...this.#used].map(([bucket, pace]) => ({
      bucket,
      limit: pace.effective(this.pacing),
      queued: pace.queued,
      inFlight: pace.inFlight,
      pausedMs: Math.max(0, pace.pausedUntil - now()),
    }));
  }

  /** The pace of a bucket. */
  protected pace(bucket: string): Pace {
    const { owner, prefix } = this.pacing;
    const paces = pacesOf(owner);
    const name = prefix + bucket;
    const used = this.#used.get(bucket);
    // Another client may have dropped it as idle.
    const pace = paces.get(name) ?? used ?? new Pace();
    if (pace === used && paces.has(name)) return pace;
    for (const map of [paces, this.#used]) if (map.size >= MANY_BUCKETS) this.#dropIdle(map);
    paces.set(name, pace);
    this.#used.set(bucket, pace);
    return pace;
  }

  #dropIdle(paces: Map<string, Pace>): void {
    const time = now();
    for (const [name, pace] of paces) if (pace.isIdle(time, this.pacing)) paces.delete(name);
  }
}

/** The right to send one request, and the duty to tell what came of it. */
export class Turn {
  readonly #pace: Pace;
  readonly #pacing: Pacing;
  readonly #slot: Slot;
  readonly #onLimit: OnLimit;
  #sentAt: number | undefined;

  /** The turn of the request that holds `slot`. */
  constructor(pace: Pace, pacing: Pacing, slot: Slot, onLimit: OnLimit) {
    this.#pace = pace;
    this.#pacing = pacing;
    this.#slot = slot;
    this.#onLimit = onLimit;
  }

  /** The request is sent now. */
  sent(): void {
    this.#sentAt = now();
  }

  /** The headers of its answer are here. */
  answered({ status, headers }: Response): void {
    const time = now();
    const [pace, pacing] = [this.#pace, this.#pacing];
    const sentAt = this.#sentAt ?? time;
    pace.answered(this.#slot, time - sentAt, time);
    const announced = parseCount(headers.get('x-ratelimit-limit'));
    const remaining = parseCount(headers.get('x-ratelimit-remaining'));
    if (pace.told(sentAt, announced, remaining, pacing, time)) this.#tell('shared', pacing.windowMs);
    if (status !== 429) return;
    const retryAfter = parseRetryAfter(headers.get('retry-after'));
    const wait = retryAfter < 0 ? undefined : retryAfter;
    if (pace.limited(sentAt, wait, pacing, time)) this.#tell('response', wait ?? pacing.windowMs);
  }

  /** No answer will come; without `hasLeft` the request never left. */
  lost(hasLeft: boolean): void {
    if (hasLeft && this.#sentAt !== undefined) this.#pace.lost(this.#slot, now());
    else this.#pace.unused(this.#slot);
  }

  /** Nobody waits for the answer any more. */
  abandoned(): void {
    if (this.#sentAt !== undefined) this.#pace.abandoned(this.#slot, this.#pacing, now());
    else this.#pace.unused(this.#slot);
  }

  #tell(reason: 'response' | 'shared', waitMs: number): void {
    this.#onLimit(reason, waitMs, this.#pace.queued);
  }
}

function pacesOf(owner: object | undefined): Map<string, Pace> {
  const scope = globalThis as { [REGISTRY]?: Registry };
  scope[REGISTRY] ??= { shared: new Map(), owned: new WeakMap() };
  const { shared, owned } = scope[REGISTRY];
  if (!owner) return shared;
  const paces = owned.get(owner) ?? new Map<string, Pace>();
  owned.set(owner, paces);
  return paces;
}

/** A short text that tells tokens apart and does not hold them. */
export function fingerprint(token: string): string {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  for (let i = 0; i < token.length; i++) {
    a = Math.imul(a ^ token.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ a, 0x5bd1e995) ^ (b >>> 15);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
