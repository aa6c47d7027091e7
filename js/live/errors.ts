import { RespondIOError } from '../errors.js';
import { parseCount, parseRetryAfter } from '../time.js';

/** What the headers of an answer say of the rate limit. */
export interface RateLimitInfo {
  /** How many requests are permitted, where the service says so. */
  limit?: number | undefined;
  /** How many are left, where it says so. */
  remaining?: number | undefined;
  /** After how many seconds to try again, where it says so. */
  retryAfter?: number | undefined;
}

/**
 * Why the service refused, where its words are known: `'window_closed'`, the contact has been silent for longer than its
 * channel permits an answer, so that a template is needed; `'contact_new'`, the contact was only just created;
 * `'contact_unknown'`, there is no such contact; `'contact_exists'`, there is one already; `'channel_unknown'`, there is
 * no such channel, or it does not reach the contact.
 */
export type Reason = 'window_closed' | 'contact_new' | 'contact_unknown' | 'contact_exists' | 'channel_unknown';

const REASONS: readonly (readonly [Reason, RegExp])[] = [
  ['window_closed', /24[\s-]*h|(messaging|message|service|response) window|re-?engagement|131047/i],
  ['contact_new', /(just|being|recently) created|creat\w+ in progress/i],
  ['contact_unknown', /contact.*(not (be )?found|not exist)|no such contact/i],
  ['contact_exists', /contact.*already exist|duplicate contact/i],
  ['channel_unknown', /channel.*(not (be )?found|not exist|not connected|invalid)|invalid channel/i],
];

// What the vendor's SDK has on its errors. It belongs to every error of the package, so that `instanceof` holds across
// the entries; the default entry does not load it.
declare module '../errors.js' {
  interface RespondIOError {
    /** The code of the answer's body, else its HTTP status; `respond-io-wasm/live` adds it. */
    readonly code: number | undefined;
    /** Why the service refused, where its words are known; `respond-io-wasm/live` adds it. */
    readonly reason: Reason | (string & {}) | undefined;
    /** What the answer's headers say of the rate limit, where they do; `respond-io-wasm/live` adds it. */
    readonly rateLimitInfo?: RateLimitInfo;
    /** Whether there were too many requests, 429; `respond-io-wasm/live` adds it. */
    isRateLimitError(): boolean;
    /** Whether the token is missing or wrong, 401; `respond-io-wasm/live` adds it. */
    isAuthError(): boolean;
    /** Whether there is no such resource, 404; `respond-io-wasm/live` adds it. */
    isNotFoundError(): boolean;
    /** Whether the service found the request malformed, 400, or the client did before; `respond-io-wasm/live` adds it. */
    isValidationError(): boolean;
    /** Whether the service failed, 5xx; `respond-io-wasm/live` adds it. */
    isServerError(): boolean;
    /** What a log may hold of it; `respond-io-wasm/live` adds it. */
    toJSON(): object;
  }
}

const additions: ThisType<RespondIOError> & object = {
  get code() {
    return Number((this.body as { code?: unknown } | undefined)?.code) || this.statusCode;
  },
  get reason() {
    if (this.statusCode === 449 || isNew(this.statusCode as number, this.body)) return 'contact_new';
    return REASONS.find(([, pattern]) => pattern.test(this.serverMessage ?? ''))?.[0];
  },
  isRateLimitError() {
    return this.name === 'RateLimitError';
  },
  isAuthError() {
    return this.statusCode === 401;
  },
  isNotFoundError() {
    return this.statusCode === 404;
  },
  isValidationError() {
    return this.statusCode === 400 || this.name === 'ValidationError';
  },
  isServerError() {
    return this.name === 'ServerError';
  },
  toJSON() {
    const { statusCode, code, message, rateLimitInfo } = this;
    return { statusCode, code, message, rateLimitInfo };
  },
};

Object.defineProperties(RespondIOError.prototype, Object.getOwnPropertyDescriptors(additions));

/** Whether the body of a 4xx says that the contact was only just created, whatever the status is. */
export function isNew(status: number, body: unknown): boolean {
  return status >= 400 && status < 500 && Number((body as { code?: unknown } | undefined)?.code) === 449;
}

/** Notes on an error what the headers of its answer say of the rate limit. */
export function readRateLimit(error: RespondIOError, { headers }: Response): void {
  const limit = parseCount(headers.get('x-ratelimit-limit'));
  const remaining = parseCount(headers.get('x-ratelimit-remaining'));
  const waitMs = parseRetryAfter(headers.get('retry-after'));
  const retryAfter = waitMs < 0 ? undefined : waitMs / 1000;
  if ((limit ?? remaining ?? retryAfter) === undefined) return;
  Object.assign(error, { rateLimitInfo: { limit, remaining, retryAfter } });
}
