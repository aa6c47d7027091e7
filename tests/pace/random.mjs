/**
 * Random numbers that are the same for the same seed.
 *
 * @param {number} seed - Any integer.
 * @returns {() => number} Gives numbers from 0 up to, not including, 1.
 */
export function randomFrom(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number of the exponential distribution of this mean. */
export function exponential(random, mean) {
  return -mean * Math.log(1 - random());
}

/** A number of the standard normal distribution. */
export function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
