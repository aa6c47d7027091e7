import { offAbort, onAbort } from './aborts.js';
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
  readonly #late: (isStalled: boolean) => string;
  #timer: ReturnType<typeof startTimer>;
  #fail: ((over: Error) => void) | undefined;
  #stop: (() => void) | undefined;
  /** When something of the body last came; undefined while none is read. */
  #movedAt: number | undefined;

  /** Bounds of `ms` milliseconds in all and `stallMs` for each part of a body, 0 for none; `late` says what took too long. */
  constructor(ms = 0, stallMs = 0, late: (isStalled: boolean) => string = () => '') {
    const time = now();
    this.#endsAt = ms ? time + ms : Infinity;
    this.#stallMs = stallMs || Infinity;
    this.#late = late;
    // Without a bound in all there is nothing to watch before a body is read.
    if (ms) this.#watch(time, Math.min(this.#endsAt, time + this.#stallMs));
  }

  /**
   * The promise, or a rejection as soon as the work is ended, for what heeds no signal: `stop` is called then. One at a
   * time.
   */
  wait<T>(promise: Promise<T> | T, stop?: () => void): Promise<T> {
    this.#stop = stop;
    return new Promise((resolve, reject) => {
      // A closure around both instead keeps bodies until V8 collects all of its heap: 60 MB for 20 while pages are listed.
      this.#fail = reject;
      if (this.over) this.end('');
      Promise.resolve(promise).then(resolve, reject);
    });
  }

  /** Something of the body came, or is waited for from now on. */
  moved(): void {
    this.#movedAt = now();
    if (!this.#timer) this.#watch(this.#movedAt, this.#movedAt + this.#stallMs);
  }

  /** Ends the work, since it took too long; the text says what. */
  end(said: string): void {
    this.over ??= new TooSlow(said);
    this.#fail?.(this.over);
    this.#stop?.();
  }

  /** The work has ended by itself. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #watch(time: number, due: number): void {
    // A clock's steps may hide what is left, and 0 would be no timer.
    if (due < Infinity) this.#timer = startTimer(() => this.#check(due), Math.max(1, due - time));
  }

  #check(due: number): void {
    // A timer may be a little early by the clock: what was due then has come.
    const time = Math.max(due, now());
    const next = Math.min(this.#endsAt, (this.#movedAt ?? time) + this.#stallMs);
    if (time < next) this.#watch(time, next);
    else this.end(this.#late(time < this.#endsAt));
  }
}

/** The bounds of a try: the caller may end it, and its signal aborts what heeds one. */
export class TryBounds extends Bounds {
  readonly #caller: AbortSignal | undefined;
  readonly #controller = new AbortController();
  readonly #abort = () => this.end('');

  /** As {@link Bounds}, and the signal of the caller. */
  constructor(ms: number, stallMs: number, late: (isStalled: boolean) => string, caller: AbortSignal | undefined) {
    super(ms, stallMs, late);
    this.#caller = caller;
    onAbort(caller, this.#abort);
  }

  /** The signal of the try. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  override end(said: string): void {
    super.end(said);
    this.#controller.abort();
  }

  override close(): void {
    super.close();
    offAbort(this.#caller, this.#abort);
  }
}
