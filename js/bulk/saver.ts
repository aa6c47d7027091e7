/**
 * Saves one at a time. Whoever asks while a save is under way shares the next one, which is of a later moment than all of
 * their asking.
 */
export class Saver {
  readonly #write: () => unknown;
  #last: Promise<unknown> = Promise.resolve();
  #next: Promise<unknown> | undefined;

  /** A saver that saves by `write`, which takes what there is at the moment when it is called. */
  constructor(write: () => unknown) {
    this.#write = write;
  }

  /** Resolves once everything up to now is saved; once one save has failed, every later one rejects with its error. */
  save(): Promise<unknown> {
    this.#next ??= this.#last.then(() => {
      this.#next = undefined;
      return this.#write();
    });
    this.#last = this.#next;
    return this.#next;
  }
}
