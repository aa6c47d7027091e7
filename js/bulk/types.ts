import type { Outcome } from '../errors.js';
import type { BulkCheckpoint } from './checkpoint.js';

/** What `bulk` takes its items from: an array, or anything else that can be iterated. */
export type BulkItems<Item> = Iterable<Item> | AsyncIterable<Item>;

/** What the function of an item is told beside the item. */
export interface BulkContext {
  /** The item's place among the items, from 0. */
  index: number;
  /** Aborts with the run's own `signal`; to be handed to the call. */
  signal: AbortSignal;
  /**
   * What an earlier run knew of the item, where `repeat` has it done again: the function may look whether the service
   * has acted before it does anything. Undefined where the item is still to be done.
   */
  before: BulkRepeat | undefined;
}

/** What an item's function does: one call of the client, as a rule. */
export type BulkFunction<Item, Value> = (item: Item, context: BulkContext) => PromiseLike<Value> | Value;

/** Which items of a checkpoint may be done once more, though they were done: see {@link BulkOptions.repeat}. */
export type BulkRepeat = 'unknown' | 'rejected';

/** How a run goes on. */
export interface BulkOptions {
  /** How many items are under way at a time, from 1 to 1,000; 10 where it is left out. */
  concurrency?: number | undefined;
  /** For how long items are started, in milliseconds; those under way then end in peace. No bound where it is left out. */
  budgetMs?: number | undefined;
  /** Where an earlier run over the same items has come to; nothing or null begins anew. */
  checkpoint?: BulkCheckpoint | null | undefined;
  /**
   * Does items of the checkpoint once more: those of which nobody knows whether the service acted, those that it
   * refused, or both. Left out, neither is done again.
   */
  repeat?: readonly BulkRepeat[] | undefined;
  /**
   * Saves a checkpoint. An item starts when the checkpoint that names it is saved, so the last one that was saved names
   * every item that may have been sent. It is called once at a time; where it throws or rejects, nothing more starts.
   */
  onCheckpoint?: ((checkpoint: BulkCheckpoint) => unknown) | undefined;
  /** Is told how far the run is: at its start, then at most every 200 ms, and at its end. What it throws is ignored. */
  onProgress?: ((progress: BulkProgress) => unknown) | undefined;
  /** Stops the run: nothing more starts, and the calls under way are aborted if they are given the context's signal. */
  signal?: AbortSignal | undefined;
}

/** What came of an item. */
export type BulkResult<Value> = BulkFulfilled<Value> | BulkRejected | BulkPending | BulkRestored;

/** The item was done in this run. */
export interface BulkFulfilled<Value> {
  status: 'fulfilled';
  /** What its function resolved to. */
  value: Value;
}

/** The item failed in this run. */
export interface BulkRejected {
  status: 'rejected';
  /** What its function threw. */
  error: unknown;
  /**
   * Whether the service has acted, over all runs: `'not_sent'`, the client itself found the arguments wrong;
   * `'rejected'`, the service refused; `'unknown'`, nobody here knows; `'applied'`, it acted, but its answer could not
   * be read.
   */
  outcome: Outcome;
}

/** The item is still to be done: the service has surely not acted on it. */
export interface BulkPending {
  status: 'pending';
  /** Why it was not done, where it was tried: a `RateLimitError`, an `AbortError`, no connection. */
  error?: unknown;
}

/** The item was done in an earlier run, whose checkpoint says what came of it. */
export interface BulkRestored {
  status: 'restored';
  /** As for a result of this run; `'fulfilled'` where it was done. */
  outcome: 'fulfilled' | Exclude<Outcome, 'not_sent'>;
}

/** How many items have which end, those of earlier runs included. */
export interface BulkCounts {
  /** How many items there are; undefined as long as an iterable has not ended. */
  total: number | undefined;
  /** How many have an end: all of the following but `pending`. */
  done: number;
  /** How many were done. */
  fulfilled: number;
  /** How many were done, though the answer could not be read. */
  applied: number;
  /** How many were refused: by the service, or by the client's own checks. */
  rejected: number;
  /** Of how many nobody knows whether the service acted. */
  unknown: number;
  /** How many are still to be done, as far as items are known. */
  pending: number;
}

/** How far a run is. */
export interface BulkProgress extends BulkCounts {
  /** How many items ended in a second, on average since this run began. */
  perSecond: number;
  /** In how many milliseconds the run ends at this rate; undefined where nobody can tell yet. */
  etaMs: number | undefined;
}

/** What a run has come to. */
export interface BulkRun<Value> {
  /** One result an item, in the order of the items; of an iterable, those that were read or are in the checkpoint. */
  results: BulkResult<Value>[];
  /** How many items have which end. */
  counts: BulkCounts;
  /** Whether every item has an end. If not, another run goes on with `checkpoint`. */
  complete: boolean;
  /** Where the run has come to, for another one. */
  checkpoint: BulkCheckpoint;
}
