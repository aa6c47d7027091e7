import { check, type Settings } from './check.js';
import { readCheckpoint } from './checkpoint.js';
import { BulkError } from './error.js';
import { Ledger } from './ledger.js';
import { failed } from './outcome.js';
import { Progress } from './progress.js';
import { Saver } from './saver.js';
import { Source, type Taken } from './source.js';
import { States } from './states.js';
import { Stop } from './stop.js';
import type { BulkFunction, BulkItems, BulkOptions, BulkRepeat, BulkRun } from './types.js';

/**
 * Does something for each of many items, a few at a time, and goes on where an earlier run has stopped.
 *
 * It has no pace of its own: the client's limiter has one. An item that fails stops no other. An item that may have been
 * sent is never done again, not even after a crash, unless `repeat` says so.
 *
 * @param items - An array or another iterable; an iterable is read no further than items start.
 * @param fn - What is done for an item: one call of the client, as a rule. An item whose function throws an error without
 * an `outcome` counts as unknown.
 * @param options - How the run goes on, where it begins and who is told.
 * @returns One result an item, in the order of the items, and a checkpoint. A run that its signal or its time has stopped
 * resolves as well, with `complete: false`.
 * @throws `ValidationError` where an argument is wrong or the items are not those of the checkpoint; {@link BulkError}
 * where a checkpoint could not be saved or the items could not be read.
 *
 * @example
 * ```ts
 * const message = { type: 'text', text: 'We are open on Sunday.' } as const;
 * const { counts, complete, checkpoint } = await bulk(
 *   ['id:1', 'id:2', 'id:3'],
 *   (contact, { signal }) => client.messaging.send(contact, { message }, { signal }),
 *   { budgetMs: 20_000, onProgress: ({ done, total }) => console.log(`${done} of ${total}`) },
 * );
 * console.log(counts.fulfilled, complete, JSON.stringify(checkpoint));
 * ```
 */
export async function bulk<const Item, Value>(
  items: BulkItems<Item>,
  fn: BulkFunction<Item, Value>,
  options: BulkOptions = {},
): Promise<BulkRun<Value>> {
  return new Run(items, fn, check(items, fn, options)).run();
}

/** What ended a run, and what it was doing. */
interface Failure {
  message: string;
  cause: unknown;
}

class Run<Item, Value> {
  readonly #fn: BulkFunction<Item, Value>;
  readonly #concurrency: number;
  readonly #ledger: Ledger<Value>;
  readonly #source: Source<Item>;
  readonly #saver: Saver;
  readonly #progress: Progress;
  readonly #stop: Stop;
  #failure: Failure | undefined;

  constructor(items: BulkItems<Item>, fn: BulkFunction<Item, Value>, settings: Settings) {
    const { checkpoint, concurrency, repeat, signal, budgetMs, onProgress } = settings;
    this.#fn = fn;
    this.#concurrency = concurrency;
    const states = checkpoint === undefined ? new States() : readCheckpoint(checkpoint);
    this.#ledger = new Ledger(states, checkpoint?.total, repeat);
    this.#source = new Source(items, this.#ledger);
    this.#saver = new Saver(saveBy(settings, this.#ledger));
    this.#progress = new Progress(onProgress);
    this.#stop = new Stop(signal, budgetMs, () => this.#source.stop());
  }

  async run(): Promise<BulkRun<Value>> {
    this.#progress.tell(this.#ledger);
    await Promise.all(Array.from({ length: this.#concurrency }, () => this.#work()));
    await this.#source.close().catch((error) => this.#fail('the items could not be read', error));
    this.#stop.end();
    this.#progress.tell(this.#ledger);
    const counts = this.#ledger.counts();
    const complete = counts.done === counts.total;
    const run = { results: this.#ledger.results(), counts, complete, checkpoint: this.#ledger.checkpoint() };
    if (this.#failure) throw new BulkError(this.#failure.message, run, this.#failure.cause);
    return run;
  }

  /** Does one item after another until there are no more. */
  async #work(): Promise<void> {
    for (let next = await this.#take(); next; next = await this.#take()) await this.#do(next);
    // Nothing starts in the place of the last one, so nothing else would save its end.
    await this.#save();
  }

  async #take(): Promise<Taken<Item> | undefined> {
    try {
      if (!this.#stop.isRequested) return await this.#source.take();
    } catch (error) {
      this.#fail('the items could not be read', error);
    }
    return undefined;
  }

  async #do({ item, index }: Taken<Item>): Promise<void> {
    const before = this.#ledger.start(index);
    // No other item that has an end is due.
    const repeated = before === 'pending' ? undefined : (before as BulkRepeat);
    await this.#save();
    if (this.#stop.isRequested) {
      this.#ledger.putBack(index, before);
      return;
    }
    try {
      const value = await this.#stop.withSignal((signal) => this.#fn(item, { index, signal, before: repeated }));
      this.#ledger.end(index, before, { status: 'fulfilled', value });
    } catch (error) {
      this.#ledger.end(index, before, failed(before, error));
    }
    this.#progress.tellNow(this.#ledger);
  }

  /** Saves a checkpoint; where that fails, the run stops. */
  async #save(): Promise<void> {
    try {
      await this.#saver.save();
    } catch (error) {
      this.#fail('a checkpoint could not be saved', error);
    }
  }

  /** Ends the run with its first failure. */
  #fail(message: string, cause: unknown): void {
    this.#failure ??= { message, cause };
    this.#stop.request();
  }
}

/** Saves the checkpoint of a ledger where it has changed. */
function saveBy({ onCheckpoint }: Settings, ledger: Ledger<unknown>): () => unknown {
  let saved = ledger.revision;
  return () => {
    if (!onCheckpoint || saved === ledger.revision) return undefined;
    saved = ledger.revision;
    return onCheckpoint(ledger.checkpoint());
  };
}
