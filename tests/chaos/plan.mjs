import { OPERATIONS, prepareHome } from './operations.mjs';
import { dice, pick } from './random.mjs';
import { ABORT_SHARE, ABORT_WITHIN_MS } from './settings.mjs';

/** What a run is made of. @typedef {{ seed: number, operations: number, callers: number }} Run */

/**
 * A call that is to be made.
 *
 * @typedef {object} Step
 * @property {number} call - Its number, 1 for the first.
 * @property {number} caller - Who makes it, 0 for the first; a caller makes its calls one after the other.
 * @property {string} operation - The operation's id.
 * @property {string} marker - The text by which its effect is known, which no other call has.
 * @property {number} [abortAfterMs] - When the caller aborts it, in milliseconds; 0 is before it begins.
 */

/** A call with its target, as a caller in any runtime makes it. @typedef {Step & { target: any, args: unknown[] }} ReadyStep */

/** The operations' ids, each as often as it weighs. */
const URN = Object.entries(OPERATIONS).flatMap(([id, { weight }]) => Array(weight).fill(id));

/**
 * What is to be called. It follows from its arguments alone.
 *
 * @param {Run} run - The seed, the number of operations and of callers.
 * @returns {Step[]} The calls; each of the twenty operations is among the first twenty.
 */
export function planOf({ seed, operations, callers }) {
  const die = dice(seed, 'plan');
  const ids = Object.keys(OPERATIONS);
  return Array.from({ length: operations }, (_, index) => {
    const operation = ids[index] ?? pick(die, URN);
    const step = { call: index + 1, caller: index % callers, operation, marker: `m${index + 1}` };
    if (die() >= ABORT_SHARE) return step;
    return { ...step, abortAfterMs: die() < 0.25 ? 0 : Math.ceil(die() * ABORT_WITHIN_MS) };
  });
}

/**
 * Makes the targets of a plan in a sandbox that no fault troubles.
 *
 * @param {readonly Step[]} steps - The plan.
 * @param {import('./operations.mjs').Ask} ask - Sends a request.
 * @returns {ReadyStep[]} The plan with everything that its calls need.
 */
export function prepare(steps, ask) {
  const homes = new Map();
  for (const { caller } of steps) if (!homes.has(caller)) homes.set(caller, prepareHome(ask, caller));
  return steps.map((step) => {
    const { prepare, args } = OPERATIONS[step.operation];
    const target = prepare ? prepare(ask, step) : homes.get(step.caller);
    return { ...step, target, args: args(step, target) };
  });
}
