/** What is known of an item; `'started'` while it is under way. */
export type State = 'pending' | 'started' | 'fulfilled' | 'applied' | 'rejected' | 'unknown';

/** Neighbours that share a state, up to the one before `end`. */
interface Run {
  state: State;
  end: number;
}

/** The state of every item by its index. Equal neighbours are kept as one run, so thousands of items take little room. */
export class States {
  readonly #runs: Run[] = [];

  /** Behind the last item of which anything is known. */
  get length(): number {
    const last = this.#runs.at(-1);
    return (last?.state === 'pending' ? this.#runs.at(-2) : last)?.end ?? 0;
  }

  /** The state of an item; pending where nothing is known of it. */
  get(index: number): State {
    return this.#runs[this.#find(index)]?.state ?? 'pending';
  }

  /** Sets the state of an item. */
  set(index: number, state: State): void {
    const at = this.#find(index);
    const run = this.#runs[at];
    const first = Math.max(0, at - 1);
    const pieces = [
      ...this.#runs.slice(first, at),
      { state: run?.state ?? 'pending', end: index },
      { state, end: index + 1 },
      ...(run ? [run] : []),
      ...this.#runs.slice(at + 1, at + 2),
    ];
    this.#runs.splice(first, at + 2 - first, ...joined(pieces, this.#runs[first - 1]?.end ?? 0));
  }

  /** Adds so many items of one state behind the last one. */
  append(state: State, count: number): void {
    const last = this.#runs.at(-1);
    const end = (last?.end ?? 0) + count;
    if (last?.state === state) last.end = end;
    else this.#runs.push({ state, end });
  }

  /** The states in order, each with how many neighbours share it, up to the last one that is not pending. */
  *counted(): Generator<[state: State, count: number]> {
    const { length } = this;
    let start = 0;
    for (const { state, end } of this.#runs) {
      if (end <= length) yield [state, end - start];
      start = end;
    }
  }

  /** The run that an item is in; behind the last one where it is in none. */
  #find(index: number): number {
    let [low, high] = [0, this.#runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#runs[middle] as Run).end > index) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** The runs without the empty ones, and with equal neighbours as one; the first begins at `start`. */
function joined(runs: readonly Run[], start: number): Run[] {
  const all: Run[] = [];
  for (const { state, end } of runs) {
    const last = all.at(-1);
    if (end <= (last?.end ?? start)) continue;
    if (last?.state === state) last.end = end;
    else all.push({ state, end });
  }
  return all;
}
