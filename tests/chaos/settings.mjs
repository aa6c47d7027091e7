/** The header by which the proxy and the journal know which call a request belongs to. */
export const CALL_HEADER = 'x-chaos-call';

/** How many of the requests a fault hits. */
export const FAULT_SHARE = 0.3;

/** How many of the calls their caller aborts, at most so many milliseconds after it made them. */
export const ABORT_SHARE = 0.02;
export const ABORT_WITHIN_MS = 30;

/** How long one try may take, in milliseconds. */
export const TIMEOUT_MS = 300;

/** How late a delayed answer comes: when nobody waits for it any more. */
export const DELAY_MS = 2 * TIMEOUT_MS;

/** How many more tries may follow a failed one. */
export const MAX_RETRIES = 2;

/** The longest wait between two tries, in milliseconds; a `Retry-After` of a second goes beyond. */
export const MAX_RETRY_DELAY_MS = 50;

/** When a call counts as one that never ends, in milliseconds: ten times what its tries and waits may take together. */
export const DEADLINE_MS = 10_000;

/** The client's options, but for where the sandbox is. */
export const CLIENT_OPTIONS = {
  apiToken: 'sandbox',
  timeout: TIMEOUT_MS,
  stallTimeout: 200,
  maxRetries: MAX_RETRIES,
  maxRetryDelayMs: MAX_RETRY_DELAY_MS,
  rateLimit: false,
};
