/** The longest time that timers take, in milliseconds; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Calls back after so many milliseconds; never for 0. */
export function startTimer(callback: () => void, ms: number): ReturnType<typeof setTimeout> | undefined {
  return ms ? setTimeout(callback, Math.min(ms, LONGEST_TIMER)) : undefined;
}

/** Waits for so many milliseconds; gives false at once where the signal aborts the wait. */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (whole: boolean) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(whole);
    };
    const abort = () => end(false);
    const timer = setTimeout(() => end(true), Math.min(ms, LONGEST_TIMER));
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
  });
}

/** The milliseconds that a `Retry-After` header asks for, as seconds or as a date; negative where it asks for nothing. */
export function parseRetryAfter(header: string | null): number {
  if (!header) return -1;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const wait = Date.parse(header) - Date.now();
  return Number.isNaN(wait) ? -1 : Math.max(0, wait);
}
