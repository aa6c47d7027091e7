/** Repeatable dice: the same seed, the same throws. */
export class Dice {
  #state;

  /** @param {number} seed - Any integer. */
  constructor(seed) {
    this.#state = seed;
  }

  /** An integer from 0 up to, not including, `bound`. */
  below(bound) {
    // mulberry32: its low bits are as good as its high ones, which a plain congruential generator's are not.
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  }

  /** True in one of `many` cases. */
  oneIn(many) {
    return this.below(many) === 0;
  }

  /** One of the items. */
  pick(items) {
    return items[this.below(items.length)];
  }
}
