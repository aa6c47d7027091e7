import { type BulkCheckpoint, writeCheckpoint } from './checkpoint.js';
import type { Before } from './outcome.js';
import type { State, States } from './states.js';
import type { BulkCounts, BulkRepeat, BulkRestored, BulkResult } from './types.js';

/** The ends that are counted. */
type Tally = Record<'fulfilled' | 'applied' | 'rejected' | 'unknown', number>;

/** The book of a run: what is known of each item, and how many have which end. */
export class Ledger<Value> {
  /** How many items there are, once that is known. */
  total: number | undefined;
  /** How many items were read. */
  read = 0;
  /** How many items this run has brought to an end. */
  ended = 0;
  /** Goes up whenever the checkpoint changes. */
  revision = 0;
  readonly #states: States;
  readonly #repeat: readonly BulkRepeat[];
  /** By index; those that did not end in this run are missing. */
  readonly #results: BulkResult<Value>[] = [];
  readonly #tally: Tally = { fulfilled: 0, applied: 0, rejected: 0, unknown: 0 };

  /** A book that goes on from some states. */
  constructor(states: States, total: number | undefined, repeat: readonly BulkRepeat[]) {
    this.#states = states;
    this.total = total;
    this.#repeat = repeat;
    for (const [state, count] of states.counted()) this.#count(state, count);
  }

  /** How many items there are at least. */
  get length(): number {
    return this.total ?? Math.max(this.read, this.#states.length);
  }

  /** Whether an item is to be done in this run. */
  isDue(index: number): boolean {
    const state = this.#states.get(index);
    return state === 'pending' || this.#repeat.some((repeated) => repeated === state);
  }

  /** Notes that an item is about to start; gives what it was before. */
  start(index: number): Before {
    const before = this.#states.get(index) as Before;
    this.#set(index, 'started');
    return before;
  }

  /** Notes that an item did not start after all. */
  putBack(index: number, before: Before): void {
    this.#set(index, before);
  }

  /** Notes what came of an item that was something else before. */
  end(index: number, before: Before, result: BulkResult<Value>): void {
    const end = endOf(result);
    // A later run may try again what was not sent.
    this.#set(index, end === 'not_sent' ? 'pending' : end);
    this.#results[index] = result;
    this.#count(before, -1);
    this.#count(end === 'not_sent' ? 'rejected' : end, 1);
    if (end !== 'pending') this.ended += 1;
  }

  /** How many items have which end. */
  counts(): BulkCounts {
    const { fulfilled, applied, rejected, unknown } = this.#tally;
    const done = fulfilled + applied + rejected + unknown;
    return { total: this.total, done, ...this.#tally, pending: this.length - done };
  }

  /** The checkpoint of this moment. */
  checkpoint(): BulkCheckpoint {
    return writeCheckpoint(this.#states, this.total);
  }

  /** The result of every item that is known. */
  results(): BulkResult<Value>[] {
    return Array.from({ length: this.length }, (_, index) => this.#results[index] ?? restored(this.#states.get(index)));
  }

  #set(index: number, state: State): void {
    this.#states.set(index, state);
    this.revision += 1;
  }

  #count(state: State, change: number): void {
    if (state in this.#tally) this.#tally[state as keyof Tally] += change;
  }
}

function endOf(result: BulkResult<unknown>): Before | 'not_sent' {
  return 'outcome' in result ? result.outcome : result.status;
}

function restored(state: State): BulkResult<never> {
  if (state === 'pending') return { status: 'pending' };
  return { status: 'restored', outcome: state as BulkRestored['outcome'] };
}
