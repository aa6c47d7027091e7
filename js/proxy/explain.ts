import {
  AbortError,
  ConnectionError,
  DecodeError,
  RateLimitError,
  RespondIOError,
  ServerError,
  TimeoutError,
  ValidationError,
} from '../errors.js';
import type { Surface } from '../surface.js';
import { Refusal } from './refusal.js';

/** Statuses by which the service refuses the proxy, not the page. */
const ABOUT_THE_PROXY = [401, 403, 407];

/**
 * The answer to a page whose call failed; undefined where it is the proxy's own fault, of which a page learns nothing.
 *
 * A page's client takes a 4xx but 408 for "the service did not act", so it stands for nothing else; and browsers repeat
 * a 408 on their own.
 */
export function explain(error: unknown, surface: Surface): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (!(error instanceof RespondIOError)) return undefined;
  const { outcome } = error;
  const mayHaveActed = outcome === 'unknown' || outcome === 'applied';
  if (error instanceof ValidationError) {
    // An option is the proxy's: a token that could not be fetched, for example.
    if (error.rule === 'option') return undefined;
    return new Refusal(400, 'invalid', error.message, { path: error.path });
  }
  if (error instanceof TimeoutError) return new Refusal(504, 'timeout', 'the service took too long', { outcome });
  if (error instanceof ConnectionError) {
    return new Refusal(502, 'connection', 'the connection to the service was lost', { outcome });
  }
  if (error instanceof DecodeError) {
    return new Refusal(502, 'unusable', "the service's answer cannot be used", { outcome });
  }
  if (error instanceof AbortError) {
    return new Refusal(mayHaveActed ? 504 : 499, 'aborted', 'the request was aborted', { outcome });
  }
  return answered(error, mayHaveActed, surface);
}

/** The answer where the service answered, or its limit did. */
function answered(error: RespondIOError, mayHaveActed: boolean, surface: Surface): Refusal | undefined {
  const { outcome, statusCode = 0 } = error;
  const message = error.serverMessage || `the service answered with ${statusCode}`;
  if (error instanceof RateLimitError) {
    const { retryAfter } = error;
    const headers = retryAfter === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfter)) };
    const said = 'there are too many requests at once';
    return new Refusal(mayHaveActed ? 503 : 429, 'rate_limit', error.serverMessage || said, { outcome, headers });
  }
  if (error instanceof ServerError) return new Refusal(statusCode, 'service', message, { outcome });
  if (ABOUT_THE_PROXY.includes(statusCode)) {
    return new Refusal(502, 'token', 'the service refused the proxy', { outcome });
  }
  if (statusCode === 408) return new Refusal(504, 'service', message, { outcome });
  if (statusCode >= 400 && statusCode < 500 && !mayHaveActed) {
    // The page's client reads the status alone: the body's code is the proxy's own.
    return new Refusal(surface.isNew?.(statusCode, error.body) ? 449 : statusCode, 'service', message, { outcome });
  }
  return statusCode ? new Refusal(502, 'service', message, { outcome }) : undefined;
}
