import { fail } from './check.js';
import type { Ledger } from './ledger.js';
import type { BulkItems } from './types.js';

/** An item and its place. */
export interface Taken<Item> {
  item: Item;
  index: number;
}

/** The items one after another, each read only when it is to start. */
export class Source<Item> {
  readonly #iterator: Iterator<Item> | AsyncIterator<Item>;
  readonly #ledger: Ledger<unknown>;
  #turn: Promise<unknown> = Promise.resolve();
  #isReading = false;
  #isStopped = false;
  #isEnded = false;
  #wake: (() => void) | undefined;

  /** Reads `items` and notes in the ledger how many there are; it passes by those that are not due. */
  constructor(items: BulkItems<Item>, ledger: Ledger<unknown>) {
    if (Array.isArray(items)) checkLength(items.length, ledger);
    this.#iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
    this.#ledger = ledger;
  }

  /** The next item that is due; undefined where there is none or the run is to stop. */
  take(): Promise<Taken<Item> | undefined> {
    // One read at a time: not every iterator can be asked again before it has answered.
    const taken = this.#turn.then(() => this.#take());
    this.#turn = taken.catch(() => {});
    return taken;
  }

  /** Gives no more items, and no longer waits for one that may never come. */
  stop(): void {
    this.#isStopped = true;
    this.#wake?.();
  }

  /** Lets go of an iterator that has not come to its end. */
  async close(): Promise<void> {
    if (this.#isEnded) return;
    const closed = Promise.resolve(this.#iterator.return?.());
    // An iterator that is still reading closes when it has read, which may be never.
    if (this.#isReading) closed.catch(() => {});
    else await closed;
  }

  async #take(): Promise<Taken<Item> | undefined> {
    while (!this.#isEnded && !this.#isStopped) {
      const next = await this.#read();
      if (!next) return undefined;
      if (next.done) return checkLength(this.#ledger.read, this.#ledger);
      const index = this.#ledger.read;
      if (index === this.#ledger.total) return checkLength(index + 1, this.#ledger);
      this.#ledger.read += 1;
      if (this.#ledger.isDue(index)) return { item: next.value, index };
    }
    return undefined;
  }

  /** The iterator's next step; undefined where the run stops before it comes. */
  #read(): Promise<IteratorResult<Item> | undefined> {
    return new Promise((resolve, reject) => {
      this.#wake = () => resolve(undefined);
      this.#step().then(resolve, reject);
    });
  }

  async #step(): Promise<IteratorResult<Item>> {
    this.#isReading = true;
    try {
      const next = await this.#iterator.next();
      this.#isEnded = next.done === true;
      return next;
    } catch (error) {
      // Whoever throws has closed itself.
      this.#isEnded = true;
      throw error;
    } finally {
      this.#isReading = false;
    }
  }
}

/** Notes how many items there are; other items than before would be sent in the place of those that were. */
function checkLength(length: number, ledger: Ledger<unknown>): undefined {
  const [least, most] = [ledger.length, ledger.total ?? Infinity];
  if (length < least || length > most) fail('items', `must be the same as before: ${least} then, ${length} now`);
  ledger.total = length;
}
