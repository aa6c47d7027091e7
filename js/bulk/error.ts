import { type Outcome, RespondIOError } from '../errors.js';
import type { BulkCounts, BulkRun } from './types.js';

/**
 * A run that could not go on: a checkpoint could not be saved, or reading the items failed. `cause` is what was thrown.
 * Calls that were under way have ended.
 *
 * @example
 * ```ts
 * try {
 *   await bulk(['id:1', 'id:2'], (contact) => client.contacts.delete(contact));
 * } catch (error) {
 *   if (error instanceof BulkError) console.log(error.run.counts, error.cause);
 *   else throw error;
 * }
 * ```
 */
export class BulkError extends RespondIOError {
  override readonly name = 'BulkError';
  /** What the run had come to. */
  readonly run: BulkRun<unknown>;

  /** Makes an error that says `message` of a run that `cause` has ended. */
  constructor(message: string, run: BulkRun<unknown>, cause: unknown) {
    super(`bulk: ${message}`, { cause, outcome: outcomeOf(run.counts) });
    this.run = run;
  }
}

/** What the service has done for any of the items. */
function outcomeOf({ fulfilled, applied, unknown, rejected }: BulkCounts): Outcome {
  if (fulfilled + applied > 0) return 'applied';
  if (unknown > 0) return 'unknown';
  return rejected > 0 ? 'rejected' : 'not_sent';
}
