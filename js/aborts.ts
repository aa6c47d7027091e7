/**
 * What waits for one signal's abort, behind one listener: Node looks through every listener of a signal before it adds
 * one, and warns of more than ten.
 */
class Waiting extends Set<() => void> {
  handleEvent(): void {
    for (const end of this) end();
  }
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/** Calls `end` when the signal aborts. */
export function onAbort(signal: AbortSignal | undefined, end: () => void): void {
  if (!signal) return;
  const all = waiting.get(signal) ?? new Waiting();
  if (!all.size) signal.addEventListener('abort', all);
  waiting.set(signal, all.add(end));
}

/** Undoes {@link onAbort}. */
export function offAbort(signal: AbortSignal | undefined, end: () => void): void {
  const all = signal && waiting.get(signal);
  if (all?.delete(end) && !all.size) signal?.removeEventListener('abort', all);
}
