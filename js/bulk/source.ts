import { fail } from '../option.js';
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
  readonly #isAsync: boolean;
  readonly #ledger: Ledger<unknown>;
  #turn: Promise<unknown> = Promise.resolve();
  #isReading = false;
  #isEnded = false;
  #isStopped = false;
  #wake: (() => void) | undefined;

  /** Reads `items` and notes in the ledger how many there are; it passes by those that are not due. */
  constructor(items: BulkItems<Item>, ledger: Ledger<unknown>) {
    if (Array.isArray(items)) checkLength(items.length, ledger);
    const begin = (items as AsyncIterable<Item>)[Symbol.asyncIterator];
    this.#isAsync = typeof begin === 'function';
    this.#iterator = this.#isAsync ? begin.call(items) : (items as Iterable<Item>)[Symbol.iterator]();
    this.#ledger = ledger;
  }

  /** The next item that is due; undefined where there is none or the run is to stop. */
  async take(): Promise<Taken<Item> | undefined> {
    // At once, so that those who ask together start together and share a save.
    if (!this.#isAsync) return this.#takeNow(this.#iterator as Iterator<Item>);
    // One read at a time: not every iterator can be asked again before it has answered.
    const taken = this.#turn.then(() => this.#takeLater());
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

  get #isOpen(): boolean {
    return !this.#isEnded && !this.#isStopped;
  }

  #takeNow(iterator: Iterator<Item>): Taken<Item> | undefined {
    while (this.#isOpen) {
      // Whoever throws has closed itself.
      this.#isEnded = true;
      const taken = this.#pass(iterator.next());
      if (taken) return taken;
    }
    return undefined;
  }

  async #takeLater(): Promise<Taken<Item> | undefined> {
    while (this.#isOpen) {
      const next = await this.#read();
      const taken = next && this.#pass(next);
      if (taken) return taken;
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
      return await this.#iterator.next();
    } catch (error) {
      this.#isEnded = true;
      throw error;
    } finally {
      this.#isReading = false;
    }
  }

  /** The item of a step, if there is one and it is due. */
  #pass(next: IteratorResult<Item>): Taken<Item> | undefined {
    const ledger = this.#ledger;
    this.#isEnded = next.done === true;
    if (next.done) return checkLength(ledger.read, ledger);
    const index = ledger.read;
    if (index === ledger.total) return checkLength(index + 1, ledger);
    ledger.read += 1;
    return ledger.isDue(index) ? { item: next.value, index } : undefined;
  }
}

/** Notes how many items there are; other items than before would be sent in the place of those that were. */
function checkLength(length: number, ledger: Ledger<unknown>): undefined {
  const [least, most] = [ledger.length, ledger.total ?? Infinity];
  if (length < least || length > most) fail('items', `must be the same as before: ${least} then, ${length} now`);
  ledger.total = length;
}
