import { AbortError, ConnectionError, type Outcome, RateLimitError, TimeoutError, ValidationError } from '../errors.js';
import type { State } from './states.js';
import type { BulkPending, BulkRejected } from './types.js';

/** From what matters least to what matters most: whoever knows that the service acted knows enough. */
const OUTCOMES: readonly Outcome[] = ['not_sent', 'rejected', 'unknown', 'applied'];

/** Errors that are `rejected` by a 429 before them alone: no other refusal is followed by another try. */
const AFTER_429 = [RateLimitError, AbortError, ConnectionError, TimeoutError];

/** What an item can have been before it started. */
export type Before = Exclude<State, 'started'>;

/** What came of an item that failed now, and that may have been tried in an earlier run. */
export function failed(before: Before, error: unknown): BulkRejected | BulkPending {
  const now = outcomeOf(error);
  const earlier = OUTCOMES.find((outcome) => outcome === before) ?? 'not_sent';
  const outcome = OUTCOMES.indexOf(now) > OUTCOMES.indexOf(earlier) ? now : earlier;
  // What was not sent is still to be done; but waiting does not put arguments right.
  const isPending = outcome === 'not_sent' && !(error instanceof ValidationError);
  return isPending ? { status: 'pending', error } : { status: 'rejected', error, outcome };
}

/** What an error says of its call; an error that says nothing may come from anywhere, so nobody knows. */
function outcomeOf(error: unknown): Outcome {
  const { outcome } = Object(error) as { outcome?: unknown };
  // The service counted the request and did nothing else.
  if (outcome === 'rejected' && AFTER_429.some((Class) => error instanceof Class)) return 'not_sent';
  return OUTCOMES.find((known) => known === outcome) ?? 'unknown';
}
