import { dice, pick } from './random.mjs';
import { FAULT_SHARE } from './settings.mjs';

/**
 * What goes wrong with one request.
 *
 * @typedef {object} Fault
 * @property {string} kind - A name of {@link FAULT_KINDS}.
 * @property {boolean} acts - Whether the service carries the operation out nevertheless.
 * @property {number} [retryAfter] - The seconds of the `Retry-After` header of a 429.
 */

/** How each kind is made. A 500 or a 502 leaves open whether the service acted, so it does in half of the cases. */
const KINDS = {
  status_429: (die) => ({ acts: false, retryAfter: pick(die, [0, 1]) }),
  status_500: (die) => ({ acts: die() < 0.5 }),
  status_502: (die) => ({ acts: die() < 0.5 }),
  delay: () => ({ acts: true }),
  reset_before: () => ({ acts: false }),
  reset_after: () => ({ acts: true }),
  truncate: () => ({ acts: true }),
  garble: () => ({ acts: true }),
  content_type: () => ({ acts: true }),
  stall: () => ({ acts: true }),
};

/** The names of the faults. */
export const FAULT_KINDS = Object.keys(KINDS);

/**
 * The fault that hits a request. It follows from its arguments alone.
 *
 * @param {number} seed - The seed of the run.
 * @param {number} call - The call's number.
 * @param {number} arrival - The how manieth request of the call it is, 1 for the first.
 * @returns {Fault | undefined} Undefined where nothing goes wrong.
 */
export function faultOf(seed, call, arrival) {
  const die = dice(seed, 'fault', call, arrival);
  if (die() >= FAULT_SHARE) return undefined;
  const kind = pick(die, FAULT_KINDS);
  return { kind, ...KINDS[kind](die) };
}
