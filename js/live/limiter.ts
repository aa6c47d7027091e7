import type { OperationRow } from '../generated/operations.js';
import { type Asked, Limiter, type OnLimit, type Refusal, Turn } from '../limiter.js';
import { now } from '../time.js';

/**
 * A limiter that does not know whether the service counts each operation by itself or all of one HTTP method together.
 * It supposes the former, which is faster. A 429 cannot come of that, since each operation keeps to its limit; where
 * more requests of the method than are permitted were sent within a window, they explain it: from then on it counts by
 * method.
 */
export class LearningLimiter extends Limiter {
  /** The HTTP method of each operation that was used. */
  readonly #methods = new Map<string, string>();
  /** When the last requests of each method were let through. */
  readonly #recent = new Map<string, number[]>();
  #isByMethod = false;

  override bucketOf([id, method]: OperationRow): string {
    this.#methods.set(id, method);
    return this.#isByMethod ? method : id;
  }

  override async admit(bucket: string, asked: Asked): Promise<Turn | Refusal | undefined> {
    let isOver = false;
    const onLimit: OnLimit = (reason, waitMs, queued) => {
      if (reason === 'response' && isOver) this.#merge(waitMs);
      asked.onLimit(reason, waitMs, queued);
    };
    const turn = await super.admit(bucket, { ...asked, onLimit });
    const method = this.#methods.get(bucket);
    if (!(turn instanceof Turn) || !method) return turn;
    if (this.#isByMethod) {
      // It has waited with its operation alone; now it waits with all of its method.
      turn.lost(false);
      return super.admit(method, { ...asked, isAgain: true });
    }
    isOver = this.#note(method);
    return turn;
  }

  /** Notes a request of a method; gives whether its window holds more than it may. */
  #note(method: string): boolean {
    const { limit, windowMs } = this.pacing;
    const time = now();
    const recent = [...(this.#recent.get(method) ?? []), time].slice(-limit - 1);
    this.#recent.set(method, recent);
    return recent.length > limit && time - (recent[0] as number) < windowMs;
  }

  #merge(waitMs: number): void {
    if (this.#isByMethod) return;
    this.#isByMethod = true;
    const time = now();
    // No request was counted by method yet, so each method waits as the service asks.
    for (const method of new Set(this.#methods.values())) this.pace(method).limited(time, waitMs, this.pacing, time);
  }
}
