import type { Hooks, Logger, LogLevel } from './hooks.js';
import type { RateLimitOptions } from './limiter.js';

/** What happens with a 2xx that is valid JSON of unexpected kinds: see {@link ClientOptions.responseValidation}. */
export type ResponseValidation = 'warn' | 'throw' | 'off';

/** The part of `fetch` that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How a client is made. */
export interface ClientOptions extends Hooks {
  /**
   * The token of the Developer API, or a function that gives it, called once a try, for rotation.
   *
   * A browser shows every token to its user, so one is refused there; see {@link ClientOptions.dangerouslyAllowBrowser}.
   */
  apiToken?: string | (() => string | Promise<string>) | undefined;
  /**
   * Where the service is: an https address, or http on this machine; `https://api.respond.io/v2` where it is left out.
   * In a browser without a token also a path on the page's own origin, for a proxy that adds the token: `/api/respond`.
   */
  baseUrl?: string | undefined;
  /** What requests are sent with; the runtime's own `fetch` where it is left out. */
  fetch?: Fetch | undefined;
  /** How long one try may take, in milliseconds; 30,000 where it is left out, 0 for no bound. */
  timeout?: number | undefined;
  /** How long a call may take in all, its waits and tries included, in milliseconds; no bound where it is left out. */
  totalTimeout?: number | undefined;
  /** How long nothing of a body may come, in milliseconds; 10,000 where it is left out, 0 for no bound. */
  stallTimeout?: number | undefined;
  /** How many more tries may follow a failed one; 2 where it is left out. */
  maxRetries?: number | undefined;
  /**
   * The longest wait between two tries, in milliseconds; 60,000 where it is left out. Where the service asks for a longer
   * one by `Retry-After`, the call fails with a `RateLimitError` at once.
   */
  maxRetryDelayMs?: number | undefined;
  /**
   * Repeats operations that are not idempotent after a lost connection or a 5xx too: a message may then be sent twice.
   */
  retryUnsafe?: boolean | undefined;
  /** How requests are paced; 5 a second for each HTTP method where it is left out, not at all with `false`. */
  rateLimit?: RateLimitOptions | false | undefined;
  /** What is logged with; the console where it is left out. */
  logger?: Logger | undefined;
  /** From which level on is logged; `'warn'` where it is left out. */
  logLevel?: LogLevel | undefined;
  /** Headers that every request carries. */
  headers?: Readonly<Record<string, string>> | undefined;
  /**
   * What happens with a 2xx that is valid JSON of unexpected kinds. `'warn'`, the default, hands it over and logs its
   * path once, since an error after a successful send would invite the second send; `'throw'` rejects with a
   * `DecodeError`; `'off'` hands it over in silence.
   */
  responseValidation?: ResponseValidation | undefined;
  /** How many bytes of a response are read; 16 MiB where it is left out. */
  maxResponseBytes?: number | undefined;
  /** Permits a token in a browser. Everybody who opens the page can then read it and act in the workspace. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** What one call may say of its own. */
export interface CallOptions {
  /** Aborts the call: while it waits for its turn or the next try, fetches or reads. */
  signal?: AbortSignal | undefined;
  /** How long one try may take, in milliseconds; 0 for no bound. */
  timeout?: number | undefined;
  /** How long the call may take in all, in milliseconds; 0 for no bound. */
  totalTimeout?: number | undefined;
  /** How many more tries may follow a failed one. */
  maxRetries?: number | undefined;
  /** Repeats an operation even where that may do it twice. */
  retryUnsafe?: boolean | undefined;
  /** Headers that this call's requests carry besides the client's. */
  headers?: Readonly<Record<string, string>> | undefined;
}
