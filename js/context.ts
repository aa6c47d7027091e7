import { TryBounds } from './bounds.js';
import type { Config, OneCall } from './configure.js';
import { AbortError, type ErrorDetails, type RespondIOError } from './errors.js';
import { type OperationRow, OUTCOMES } from './generated/operations.js';
import type { CallEvent, EventOf, Hooks } from './hooks.js';
import { now, TooSlow } from './time.js';

/** What is known of a try or of a call: an index into `OUTCOMES`. */
export const NOT_SENT = 0;
export const REJECTED = 1;
export const UNKNOWN = 2;
export const APPLIED = 3;

/** What an event says beside what every event does. */
type Told<Name extends keyof Hooks> = Omit<EventOf<Name>, keyof CallEvent> & { attempt?: number };

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
  /** The status that the try under way was answered with. */
  declare status: number | undefined;
  /** When the try under way was sent. */
  declare sentAt: number | undefined;
  declare readonly config: Config;
  declare readonly operation: number;
  declare readonly row: OperationRow;
  declare readonly options: OneCall;
  /** The call's arguments as they were when it was made. */
  declare readonly json: string;
  readonly #number: number;
  readonly #startedAt = now();

  /** A call of the operation with this number and row; `number` is that of the call within its client. */
  constructor(config: Config, operation: number, row: OperationRow, options: OneCall, json: string, number: number) {
    this.config = config;
    this.operation = operation;
    this.row = row;
    this.options = options;
    this.json = json;
    this.#number = number;
  }

  /** The milliseconds since the call was made. */
  get elapsed(): number {
    return now() - this.#startedAt;
  }

  /** The milliseconds that are left of what the call may take in all. */
  get left(): number {
    const { totalTimeout } = this.options;
    return totalTimeout ? totalTimeout - this.elapsed : Infinity;
  }

  /** Tells a hook of something, where there is one; `attempt` where the event is of the try to come. */
  tell<Name extends keyof Hooks>(name: Name, more: Told<Name>): void {
    const [operation, method] = this.row;
    this.config.reporter.tell(name, () => ({ call: this.#number, operation, method, attempt: this.attempts, ...more }));
  }

  /**
   * TryBounds for the time that a try may take, and no longer than the caller wants. Throws {@link TooSlow} or an
   * `AbortError` where there is no time.
   */
  bounds(): TryBounds {
    const { timeout, totalTimeout, signal } = this.options;
    if (signal?.aborted) throw this.aborted();
    const left = this.checkTime();
    const { stallTimeout } = this.config;
    const isLast = left < (timeout || Infinity);
    const late = (isStalled: boolean) => {
      if (isStalled) return `got nothing more of its answer for ${stallTimeout} ms`;
      return isLast ? tooLongInAll(totalTimeout) : `took longer than ${timeout} ms`;
    };
    return new TryBounds(isLast ? left : timeout, stallTimeout, late, signal);
  }

  /** Why work within these bounds has failed, of which `cause` was thrown. */
  reason(cause: unknown, bounds: TryBounds | undefined): unknown {
    return this.options.signal?.aborted ? this.aborted() : (bounds?.over ?? cause);
  }

  /** What is left of the time that the call may take in all; throws {@link TooSlow} where that is nothing: nothing is sent then. */
  checkTime(): number {
    const { left } = this;
    if (left <= 0) throw new TooSlow(tooLongInAll(this.options.totalTimeout));
    return left;
  }

  /** The error of a call that its signal aborted. */
  aborted(): RespondIOError {
    return this.failed(AbortError, 'was aborted', this.options.signal?.reason);
  }

  /** An error of this class that says so of the call. */
  failed(Class: typeof RespondIOError, what: string, cause?: unknown): RespondIOError {
    return new Class(this.say(what), this.details({ cause, statusCode: this.acted }));
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

function tooLongInAll(ms: number): string {
  return `took longer than ${ms} ms in all`;
}
