/** What waits for one signal's abort. */
interface Waiting {
  ends: Set<() => void>;
  listener: () => void;
}

/**
 * By signal, behind one listener each: Node looks through every listener of a signal before it adds one, and warns of
 * more than ten.
 */
const waiting = new WeakMap<AbortSignal, Waiting>();

/** Calls `end`, which does not throw, when the signal aborts. */
export function onAbort(signal: AbortSignal | undefined, end: () => void): void {
  if (!signal) return;
  const all = waiting.get(signal) ?? make();
  waiting.set(signal, all);
  if (!all.ends.size) signal.addEventListener('abort', all.listener);
  all.ends.add(end);
}

/** Undoes {@link onAbort}. */
export function offAbort(signal: AbortSignal | undefined, end: () => void): void {
  const all = signal && waiting.get(signal);
  if (all?.ends.delete(end) && !all.ends.size) signal?.removeEventListener('abort', all.listener);
}

function make(): Waiting {
  const ends = new Set<() => void>();
  return {
    ends,
    listener: () => {
      for (const end of ends) end();
    },
  };
}
