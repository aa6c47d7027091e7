import { checkFunction, checkNames, integer } from '../option.js';
import { now } from '../time.js';

/**
 * Remembers which events were there. An implementation over a store that several processes share makes `claim` one
 * atomic step, such as Redis' `SET id 1 NX PX ttl`.
 */
export interface DedupeStore {
  /** Remembers an id for so many milliseconds; false where it is remembered already. */
  claim(id: string, ttlMs: number): boolean | Promise<boolean>;
  /** Forgets an id, since nothing came of its event. */
  release(id: string): unknown;
}

/**
 * Remembers events in this process: in a Worker in one isolate, of which there are many.
 *
 * @example
 * ```ts
 * const dedupe = new MemoryDedupe({ maxIds: 100_000 });
 * createWebhookHandler({ keys: 'the signing key', on: {}, dedupe });
 * ```
 */
export class MemoryDedupe implements DedupeStore {
  /** When each id is forgotten, the oldest first. */
  readonly #until = new Map<string, number>();
  readonly #maxIds: number;
  readonly #now: () => number;

  /**
   * Makes a store of at most `maxIds` ids, 10,000 where it is left out; beyond it forgets the oldest. `now` gives the
   * time in milliseconds, by a clock that never goes back.
   */
  constructor(options: { maxIds?: number | undefined; now?: (() => number) | undefined } = {}) {
    checkNames(options, ['maxIds', 'now']);
    checkFunction('now', options.now);
    this.#maxIds = integer('maxIds', options.maxIds, 10_000, 1);
    this.#now = options.now ?? now;
  }

  /** Remembers an id for so many milliseconds; false where it is remembered already. */
  claim(id: string, ttlMs: number): boolean {
    const time = this.#now();
    if ((this.#until.get(id) ?? time) > time) return false;
    this.release(id);
    this.#until.set(id, time + ttlMs);
    if (this.#until.size > this.#maxIds) this.release(this.#until.keys().next().value as string);
    return true;
  }

  /** Forgets an id. */
  release(id: string): void {
    this.#until.delete(id);
  }
}
