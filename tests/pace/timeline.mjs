/** No simulation takes as long as this: somebody waits for ever. */
const ENDLESS_MS = 1e8;

/** Simulated time: runs callbacks in the order of their times; those of one time in the order in which they came. */
export class Timeline {
  now = 0;
  #heap = [];
  #count = 0;

  /** Calls back at this time, or now where it is over. */
  at(time, callback) {
    const event = { time: Math.max(time, this.now), order: this.#count++, callback };
    const heap = this.#heap;
    let i = heap.push(event) - 1;
    for (; i > 0; i = (i - 1) >> 1) {
      const parent = heap[(i - 1) >> 1];
      if (!isBefore(event, parent)) break;
      heap[i] = parent;
    }
    heap[i] = event;
  }

  /** Calls back after so many milliseconds. */
  after(ms, callback) {
    this.at(this.now + ms, callback);
  }

  /** Runs until nothing is left, or up to this time. */
  run(until = Infinity) {
    while (this.#heap.length > 0 && this.#heap[0].time <= until) {
      const { time, callback } = this.#pop();
      if (time > ENDLESS_MS) throw new Error('the simulation does not end');
      this.now = time;
      callback();
    }
  }

  #pop() {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (heap.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child += 1;
      if (!isBefore(heap[child], last)) break;
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = last;
    return top;
  }
}

function isBefore(a, b) {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
