import { offAbort, onAbort } from './aborts.js';

/** The longest time that timers take, in milliseconds; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The milliseconds of a clock that never goes back. */
export const now = (): number => performance.now();

/** Something took too long; the message says what, to be put behind a name. */
export class TooSlow extends Error {}

/** Calls back after so many milliseconds; never for 0. */
export function startTimer(callback: () => void, ms: number): ReturnType<typeof setTimeout> | undefined {
  return ms ? setTimeout(callback, Math.min(Math.ceil(ms), LONGEST_TIMER)) : undefined;
}

/** Waits for so many milliseconds; gives false at once where the signal aborts the wait. */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  for (let left = ms; left >= 0 && !signal?.aborted; left -= LONGEST_TIMER) {
    let end = () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      end = resolve;
      timer = setTimeout(end, Math.min(Math.ceil(left), LONGEST_TIMER));
      onAbort(signal, end);
    });
    clearTimeout(timer);
    offAbort(signal, end);
  }
  return !signal?.aborted;
}

/** The promise, or a rejection as soon as the signal aborts: not all that is waited for heeds a signal. */
export function orAborted<T>(promise: Promise<T> | T, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    Promise.resolve(promise).then(resolve, reject);
  });
}

/**
 * The milliseconds that a `Retry-After` header asks for, as seconds or as an HTTP date; negative where it asks for
 * nothing. `Date.parse` alone would read a date into almost any text.
 */
export function parseRetryAfter(header: string | null): number {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, Number.MAX_SAFE_INTEGER);
  if (!/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) return -1;
  const wait = Date.parse(text) - Date.now();
  return Number.isNaN(wait) ? -1 : Math.max(0, wait);
}

/** The whole number in a header, where there is one. */
export function parseCount(header: string | null): number | undefined {
  return header && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}
