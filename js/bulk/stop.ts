import { now } from '../time.js';

/** Whether a run is to start anything more: a signal, the end of its time or a failure may say no. */
export class Stop {
  readonly #given: AbortSignal | undefined;
  readonly #controllers = new Set<AbortController>();
  readonly #deadline: number;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onStop: () => void;
  #requested = false;

  /** Begins to count the time; calls back when the run is to stop. */
  constructor(given: AbortSignal | undefined, budgetMs: number, onStop: () => void) {
    this.#given = given;
    this.#deadline = now() + budgetMs;
    this.#onStop = onStop;
    if (budgetMs < Infinity) this.#timer = setTimeout(() => this.request(), budgetMs);
    given?.addEventListener('abort', this.#abort);
    if (given?.aborted) this.#abort();
  }

  /** Whether nothing more is to start. The clock counts as well as the timer, which fires late in a busy program. */
  get isRequested(): boolean {
    return this.#requested || now() >= this.#deadline;
  }

  /**
   * Does some work with a signal of its own, which aborts when the caller's does. Many calls that listen to one signal
   * would make Node warn of a leak.
   */
  async withSignal<T>(work: (signal: AbortSignal) => PromiseLike<T> | T): Promise<T> {
    const controller = new AbortController();
    this.#controllers.add(controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#controllers.delete(controller);
    }
  }

  /** Stops the run. */
  request(): void {
    this.#requested = true;
    this.#onStop();
  }

  /** Leaves neither a timer nor a listener. */
  end(): void {
    clearTimeout(this.#timer);
    this.#given?.removeEventListener('abort', this.#abort);
  }

  readonly #abort = () => {
    this.request();
    for (const controller of this.#controllers) controller.abort(this.#given?.reason);
  };
}
