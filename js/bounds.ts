import { now, startTimer, TooSlow } from './time.js';

/**
 * What ends a piece of work before its own end: the time that it may take, a body of which nothing more comes, or the
 * caller. All of it shares one timer, since each costs as much as a good part of a call.
 */
export class Bounds {
  /** Why the work was ended; undefined where it was not. */
  declare over: Error | undefined;
  readonly #endsAt: number;
  readonly #stallMs: number;
  readonly #late: () => string;
  readonly #caller: AbortSignal | undefined;
  #controller: AbortController | undefined;
  #timer: ReturnType<typeof startTimer>;
  #fail: ((reason: Error) => void) | undefined;
  #stop: (() => void) | undefined;
  /** When something of the body last came; undefined while none is read. */
  #movedAt: number | undefined;

  /** Bounds of `ms` milliseconds in all and `stallMs` for each part of a body, 0 for none; `late` says what took longer. */
  constructor(ms = 0, stallMs = 0, late = () => '', caller?: AbortSignal) {
    const time = now();
    this.#endsAt = ms ? time + ms : Infinity;
    this.#stallMs = stallMs || Infinity;
    this.#late = late;
    this.#caller = caller;
    caller?.addEventListener('abort', this);
    // Without a bound in all there is nothing to watch before a body is read.
    if (ms) this.#watch(time, Math.min(this.#endsAt, time + this.#stallMs));
  }

  /** Aborts what heeds a signal. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  /**
   * The promise, or a rejection as soon as the work is ended, for what heeds no signal: `stop` is called then. One at a
   * time.
   */
  wait<T>(promise: Promise<T> | T, stop?: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      this.#stop = stop;
      if (this.over) reject(this.over);
      Promise.resolve(promise).then(resolve, reject);
    });
  }

  /** Something of the body came, or is waited for from now on. */
  moved(): void {
    this.#movedAt = now();
    if (!this.#timer) this.#watch(this.#movedAt, this.#movedAt + this.#stallMs);
  }

  /** Ends the work. */
  end(over: Error): void {
    this.over ??= over;
    this.#fail?.(over);
    this.#stop?.();
    this.#controller?.abort();
  }

  /** The caller's signal has aborted. */
  handleEvent(): void {
    this.end(new TooSlow());
  }

  /** The work has ended by itself. */
  close(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this);
  }

  #watch(time: number, due: number): void {
    if (due < Infinity) this.#timer = startTimer(() => this.#check(due), due - time);
  }

  /** A timer may be a little early by the clock: what was due then has come. */
  #check(due: number): void {
    const time = Math.max(due, now());
    const next = Math.min(this.#endsAt, (this.#movedAt ?? time) + this.#stallMs);
    const stalled = `got nothing more of its answer for ${this.#stallMs} ms`;
    if (time < next) this.#watch(time, next);
    else this.end(new TooSlow(time < this.#endsAt ? stalled : this.#late()));
  }
}
