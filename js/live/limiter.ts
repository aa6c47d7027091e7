import type { OperationRow } from '../generated/operations.js';
import { Limiter, type OnLimit, type Refusal, Turn } from '../limiter.js';
import { now } from '../time.js';

/**
 * A limiter that does not know whether the service counts each operation by itself or all of one HTTP method together.
 * It supposes the former, which is faster, until a 429 comes after fewer requests of an operation than are permitted:
 * from then on it counts by method.
 */
export class LearningLimiter extends Limiter {
  /** The HTTP method of each operation that was used. */
  readonly #methods = new Map<string, string>();
  /** When the last requests of each operation were let through, as many as a window holds. */
  readonly #recent = new Map<string, number[]>();
  #isByMethod = false;

  override bucketOf([id, method]: OperationRow): string {
    this.#methods.set(id, method);
    return this.#isByMethod ? method : id;
  }

  override async admit(
    bucket: string,
    isAgain: boolean,
    timeout: number,
    leftMs: number,
    signal: AbortSignal | undefined,
    onLimit: OnLimit,
  ): Promise<Turn | Refusal | undefined> {
    const heed: OnLimit = (reason, waitMs, queued) => {
      if (reason === 'response' && !this.#explains(bucket)) this.#merge(waitMs);
      onLimit(reason, waitMs, queued);
    };
    const turn = await super.admit(bucket, isAgain, timeout, leftMs, signal, heed);
    const method = this.#methods.get(bucket);
    if (!(turn instanceof Turn) || !method) return turn;
    if (this.#isByMethod) {
      // It has waited with its operation alone; now it waits with all of its method.
      turn.lost(false);
      return super.admit(method, true, timeout, leftMs, signal, onLimit);
    }
    const recent = this.#recent.get(bucket) ?? [];
    this.#recent.set(bucket, [...recent.slice(1 - this.pacing.limit), now()]);
    return turn;
  }

  /** Whether the operation itself has used up its window. */
  #explains(bucket: string): boolean {
    const recent = this.#recent.get(bucket) ?? [];
    const { limit, windowMs } = this.pacing;
    return recent.length >= limit && now() - (recent[0] as number) <= 2 * windowMs;
  }

  #merge(waitMs: number): void {
    if (this.#isByMethod) return;
    this.#isByMethod = true;
    const time = now();
    // What was sent before counts against no method, so each waits as the service asks.
    for (const method of new Set(this.#methods.values())) this.pace(method).limited(time, waitMs, this.pacing, time);
  }
}
