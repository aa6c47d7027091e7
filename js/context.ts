import type { Config, OneCall } from './configure.js';
import { AbortError, type ErrorDetails, type RespondIOError } from './errors.js';
import { type OperationRow, OUTCOMES } from './generated/operations.js';
import type { CallEvent } from './hooks.js';
import { now, startTimer, TooSlow } from './time.js';

/** What is known of a try or of a call: an index into `OUTCOMES`. */
export const NOT_SENT = 0;
export const REJECTED = 1;
export const UNKNOWN = 2;
export const APPLIED = 3;

/** A call's arguments and options as they were when it was made. */
export interface Snapshot extends OneCall {
  json: string;
}

/** One call: what it was asked, and how far it has come. */
export class CallContext {
  /** How many requests were sent. */
  attempts = 0;
  /** What is known of the tries that have ended. */
  outcome = NOT_SENT;
  /** What is known of the try under way. */
  current = NOT_SENT;
  /** The status of the 2xx, once there is one: the service has acted. */
  declare acted: number | undefined;
  /** The token of the try under way, which no error may hold. */
  declare secret: string | undefined;
  declare readonly config: Config;
  declare readonly operation: number;
  declare readonly row: OperationRow;
  declare readonly snapshot: Snapshot;
  readonly #number: number;
  readonly #startedAt = now();

  /** A call of the operation with this number and row; `number` is that of the call within its client. */
  constructor(config: Config, operation: number, row: OperationRow, snapshot: Snapshot, number: number) {
    this.config = config;
    this.operation = operation;
    this.row = row;
    this.snapshot = snapshot;
    this.#number = number;
  }

  /** The milliseconds since the call was made. */
  get elapsed(): number {
    return now() - this.#startedAt;
  }

  /** The milliseconds that are left of what the call may take in all. */
  get left(): number {
    const { totalTimeout } = this.snapshot;
    return totalTimeout ? totalTimeout - this.elapsed : Infinity;
  }

  /** What every event of the try under way says. */
  event(): CallEvent {
    const [operation, method] = this.row;
    return { call: this.#number, operation, method, attempt: this.attempts };
  }

  /**
   * Does some work within the time that a try may take, and no longer than the caller wants: rejects with
   * {@link TooSlow} or an `AbortError`. The work has a signal and, for what heeds none, a promise that rejects with it.
   */
  async bounded<R>(work: (signal: AbortSignal, ended: Promise<never>) => Promise<R>): Promise<R> {
    const { timeout, totalTimeout, signal } = this.snapshot;
    if (signal?.aborted) throw this.aborted();
    this.checkTime();
    const left = this.left;
    const isLast = left < (timeout || Infinity);
    const controller = new AbortController();
    let fail: (reason: unknown) => void;
    const ended = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const abort = () => {
      controller.abort();
      fail(controller.signal.reason);
    };
    // The work may not be waiting for it.
    ended.catch(() => {});
    signal?.addEventListener('abort', abort);
    const timer = startTimer(abort, isLast ? left : timeout);
    try {
      return await work(controller.signal, ended);
    } catch (cause) {
      if (signal?.aborted) throw this.aborted();
      if (!controller.signal.aborted) throw cause;
      throw new TooSlow(isLast ? `took longer than ${totalTimeout} ms in all` : `took longer than ${timeout} ms`);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Throws {@link TooSlow} where nothing is left of what the call may take in all: nothing is sent then. */
  checkTime(): void {
    if (this.left <= 0) throw new TooSlow(`took longer than ${this.snapshot.totalTimeout} ms in all`);
  }

  /** The error of a call that its signal aborted. */
  aborted(): RespondIOError {
    const details = this.details({ cause: this.snapshot.signal?.reason, statusCode: this.acted });
    return new AbortError(this.say('was aborted'), details);
  }

  /** A sentence on the call; where nobody knows whether it was carried out, with how to find out. */
  say(what: string): string {
    const [operation, , , , advice] = this.row;
    const times = this.attempts > 1 ? ` (attempt ${this.attempts})` : '';
    const isOpen = advice && Math.max(this.outcome, this.current) === UNKNOWN;
    return `${operation} ${what}${times}${isOpen ? `. It may have been carried out: ${advice}` : ''}`;
  }

  /** What an error of this call says besides. */
  details(more: ErrorDetails = {}): ErrorDetails {
    const outcome = OUTCOMES[Math.max(this.outcome, this.current)];
    return { operation: this.row[0], attempts: this.attempts, outcome, ...more };
  }
}
