import { checkFunction, checkNames, fail, integer } from '../option.js';
import type { BulkCheckpoint } from './checkpoint.js';
import type { BulkItems, BulkOptions, BulkRepeat } from './types.js';

/** Options that are checked and complete. */
export interface Settings extends BulkOptions {
  concurrency: number;
  budgetMs: number;
  checkpoint: BulkCheckpoint | undefined;
  repeat: readonly BulkRepeat[];
}

const KNOWN = [
  'concurrency',
  'budgetMs',
  'checkpoint',
  'repeat',
  'onCheckpoint',
  'onProgress',
  'signal',
] satisfies (keyof BulkOptions)[];
const REPEATABLE: readonly BulkRepeat[] = ['unknown', 'rejected'];
const MAX_CONCURRENCY = 1000;
/** The longest time that timers take. */
const MAX_BUDGET_MS = 2 ** 31 - 1;
/**
 * At 5 requests a second, with answers after 50 ms and checkpoints that take a second to save, 5 items at a time use 50 %
 * of the limit, 8 use 78 %, 10 to 40 use 98 %. More items under way would only leave more of them unknown after a crash.
 */
const CONCURRENCY = 10;

/** Checks the arguments of a run and completes its options. */
export function check(items: BulkItems<unknown>, fn: unknown, options: BulkOptions): Settings {
  if (!isIterable(items)) fail('items', 'must be an array or another iterable');
  if (typeof fn !== 'function') fail('fn', 'must be a function');
  checkNames(options, KNOWN);
  const { budgetMs = Infinity, repeat = [], signal } = options;
  const concurrency = integer('concurrency', options.concurrency, CONCURRENCY, 1, MAX_CONCURRENCY);
  if (options.budgetMs !== undefined && !(budgetMs >= 0 && budgetMs <= MAX_BUDGET_MS)) {
    fail('budgetMs', `must be a number from 0 to ${MAX_BUDGET_MS}`);
  }
  if (!Array.isArray(repeat) || repeat.some((state) => !REPEATABLE.includes(state))) {
    fail('repeat', `must be an array of ${REPEATABLE.join(' and ')}`);
  }
  for (const name of ['onCheckpoint', 'onProgress'] as const) checkFunction(name, options[name]);
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') fail('signal', 'must be an AbortSignal');
  return { ...options, concurrency, budgetMs, repeat, checkpoint: options.checkpoint ?? undefined };
}

function isIterable(items: unknown): boolean {
  const { [Symbol.iterator]: sync, [Symbol.asyncIterator]: async } = Object(items);
  return typeof (async ?? sync) === 'function';
}
