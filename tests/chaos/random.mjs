/** A die: gives a number from 0 up to, not including, 1 at each call. @typedef {() => number} Die */

/**
 * Dice that fall alike wherever and whenever the same labels are given: not by the order in which callers come.
 *
 * @param {...(string | number)} labels - What is decided, such as the seed, the call and its arrival.
 * @returns {Die} The die.
 * @example
 * const die = dice(7, 'fault', 12, 1);
 * die() === dice(7, 'fault', 12, 1)(); // true
 */
export function dice(...labels) {
  let state = hash(labels.join(' '));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * One of the items.
 *
 * @template T
 * @param {Die} die - Decides.
 * @param {readonly T[]} items - At least one.
 * @returns {T} The item.
 */
export function pick(die, items) {
  return items[Math.floor(die() * items.length)];
}

/** FNV-1a. */
function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}
