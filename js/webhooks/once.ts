import { sleep } from '../time.js';
import type { DedupeStore } from './dedupe.js';

/** How often a delivery asks whether an equal one that is under way has ended, in milliseconds. */
const POLL_MS = 10;
/** How often it asks at most. The one under way may never end: a Worker ends with a request whatever it waits for. */
const MAX_POLLS = 400;

/** Does the work of each event once. */
export class Once {
  readonly #underway = new Set<string>();
  readonly #store: DedupeStore;
  readonly #ttlMs: number;

  /** Remembers in `store` for `ttlMs` milliseconds what was done. */
  constructor(store: DedupeStore, ttlMs: number) {
    this.#store = store;
    this.#ttlMs = ttlMs;
  }

  /**
   * Does the work of an event, unless it was done before. Where it fails, it rejects and the event counts as new. While
   * it goes on, an equal delivery waits: were it answered at once and the work failed, the event would be lost. It asks
   * by a timer of its own, since in a Worker no request may wait for the promise of another one, and after a while it
   * rejects, so that the delivery comes again.
   */
  async do(id: string, work: () => unknown): Promise<void> {
    for (let polls = 0; this.#underway.has(id); polls++) {
      if (polls === MAX_POLLS) throw new Error('an equal delivery is under way and does not end');
      await sleep(POLL_MS, undefined);
    }
    this.#underway.add(id);
    try {
      const isNew = await this.#store.claim(id, this.#ttlMs);
      // Taken for false, nothing at all would lose each event, and be answered with 200.
      if (typeof isNew !== 'boolean') throw new TypeError('dedupe.claim must give true or false');
      if (isNew) await this.#attempt(id, work);
    } finally {
      this.#underway.delete(id);
    }
  }

  async #attempt(id: string, work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.forget(id);
      throw error;
    }
  }

  /** Lets an event count as new. Never rejects. */
  async forget(id: string): Promise<void> {
    try {
      await this.#store.release(id);
    } catch {
      // What made it fail is told instead.
    }
  }
}
