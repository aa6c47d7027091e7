import type { Outcome } from './errors.js';
import type { Rule } from './generated/operations.js';

/** What every event says. No event holds a token, a header, an identifier or a body. */
export interface CallEvent {
  /** The number of the call, counted by the client: the same in all events of one call. */
  call: number;
  /** The operation's id, `getContact`. */
  operation: string;
  /** The HTTP method. */
  method: string;
  /** The number of the try, from 1; of the one to come where it waits for its turn. */
  attempt: number;
}

/** A try ended: with a status, or without one. */
export interface ResponseEvent extends CallEvent {
  /** The HTTP status; undefined where no response came. */
  status: number | undefined;
  /** How long it took from the request to the end of the body, in milliseconds. */
  durationMs: number;
}

/** Another try follows. */
export interface RetryEvent extends CallEvent {
  /** The HTTP status of the failed try; undefined where no response came. */
  status: number | undefined;
  /** What is known by now: whether the service has acted. */
  outcome: Outcome;
  /** How long is waited before the next try, in milliseconds. */
  delayMs: number;
}

/** A call waits for its turn, or the service said that the limit is reached. */
export interface RateLimitEvent extends CallEvent {
  /**
   * Why: `'queue'`, the limit would be passed; `'response'`, the service answered 429; `'shared'`, it said that nothing
   * is left, though this program has not used it all.
   */
  reason: 'queue' | 'response' | 'shared';
  /** How long to wait as far as is known, in milliseconds. */
  waitMs: number;
  /** How many calls wait in the same bucket. */
  queued: number;
}

/** A 2xx holds a value of another kind than the contract's. */
export interface MismatchEvent extends CallEvent {
  /** Where in the body, as `items[3].id`; empty for the body itself. */
  field: string;
  /** The rule that the value breaks. */
  rule: Rule;
  /** What would be right. */
  message: string;
}

/** What may be told of calls. A hook that throws is logged and changes nothing. */
export interface Hooks {
  /** Called before each request is sent. */
  onRequest?: ((event: CallEvent) => void) | undefined;
  /** Called once for each request, when its answer was read or will not come. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Called before the wait for another try. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Called when a call begins to wait for its turn, and when the service says that its limit is reached. */
  onRateLimit?: ((event: RateLimitEvent) => void) | undefined;
  /** Called for each response of unexpected kinds that is handed over; not with `responseValidation: 'off'`. */
  onMismatch?: ((event: MismatchEvent) => void) | undefined;
}

/** What a hook is called with. */
export type EventOf<Name extends keyof Hooks> = Parameters<NonNullable<Hooks[Name]>>[0];

/** What is logged: `console` is one. */
export interface Logger {
  /** Each try. */
  debug(message: string): void;
  /** Each repetition and each wait. */
  info(message: string): void;
  /** A limit that was reached, an answer of unexpected kinds. */
  warn(message: string): void;
  /** A hook that threw. */
  error(message: string): void;
}

/** From which level on is logged. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'off';

/** Every level, from the most to the least. */
export const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'off'];

/** How many different warnings are remembered, so that a service that changes for good does not fill the memory. */
const MAX_WARNINGS = 1000;

/** Tells hooks and logger of what happens. */
export class Reporter {
  readonly #hooks: Hooks;
  readonly #logger: Logger | undefined;
  readonly #level: number;
  readonly #warned = new Set<string>();

  /** Reports to these hooks and, from `level` on, to `logger`: the console where it is left out. */
  constructor(hooks: Hooks, logger: Logger | undefined, level: LogLevel) {
    this.#hooks = hooks;
    this.#logger = logger;
    this.#level = LOG_LEVELS.indexOf(level);
  }

  /** Calls a hook, where there is one; only then the event is made. */
  tell(name: keyof Hooks, event: () => object): void {
    const hook = this.#hooks[name] as ((event: unknown) => unknown) | undefined;
    if (!hook) return;
    const failed = (error: unknown) => this.log('error', () => `${name} threw: ${String(error)}`);
    guarded(() => hook(event()), failed);
  }

  /** Logs a text, which is made only where somebody reads it. */
  log(level: Exclude<LogLevel, 'off'>, text: () => string): void {
    if (LOG_LEVELS.indexOf(level) < this.#level) return;
    // Of a logger that throws there is nobody to tell.
    guarded(
      () => (this.#logger ?? console)[level](`respond-io-wasm: ${text()}`),
      () => {},
    );
  }

  /** Warns of what has this key unless it has done so before. */
  warnOnce(key: string, text: () => string): void {
    if (this.#warned.has(key) || this.#warned.size >= MAX_WARNINGS) return;
    this.#warned.add(key);
    this.log('warn', text);
  }
}

/** Does what is the caller's, so that it changes nothing: it may throw, or reject, which nobody else would see. */
function guarded(work: () => unknown, failed: (error: unknown) => void): void {
  try {
    Promise.resolve(work()).catch(failed);
  } catch (error) {
    failed(error);
  }
}
