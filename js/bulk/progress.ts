import { now } from '../time.js';
import type { Ledger } from './ledger.js';
import type { BulkProgress } from './types.js';

/** How often progress is told at most. */
const INTERVAL_MS = 200;

/** Tells how far a run is. It needs no timer: only the end of an item is news. */
export class Progress {
  readonly #onProgress: ((progress: BulkProgress) => unknown) | undefined;
  readonly #startedAt = now();
  #toldAt = 0;

  /** Tells `onProgress`. */
  constructor(onProgress: ((progress: BulkProgress) => unknown) | undefined) {
    this.#onProgress = onProgress;
  }

  /** Tells of this moment. */
  tell(ledger: Ledger<unknown>): void {
    const onProgress = this.#onProgress;
    this.#toldAt = now();
    // Whatever comes of it, the run goes on.
    if (onProgress) new Promise((resolve) => resolve(onProgress(this.#measure(ledger)))).catch(() => {});
  }

  /** Tells of this moment, unless the last one was just told. */
  tellNow(ledger: Ledger<unknown>): void {
    if (now() - this.#toldAt >= INTERVAL_MS) this.tell(ledger);
  }

  #measure(ledger: Ledger<unknown>): BulkProgress {
    const counts = ledger.counts();
    const seconds = (this.#toldAt - this.#startedAt) / 1000;
    const perSecond = seconds > 0 ? ledger.ended / seconds : 0;
    const isKnown = counts.total !== undefined && perSecond > 0;
    return { ...counts, perSecond, etaMs: isKnown ? (counts.pending / perSecond) * 1000 : undefined };
  }
}
