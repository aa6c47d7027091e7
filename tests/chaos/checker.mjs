// Compares what every caller was told with what the service did: by its journal, by its state, by what arrived.

import { OPERATIONS } from './operations.mjs';
import { MAX_RETRIES } from './settings.mjs';
import { stateOf } from './state.mjs';
import { groupBy, tally } from './tally.mjs';

/**
 * What the process that was called has seen.
 *
 * @typedef {object} Evidence
 * @property {import('./proxy.mjs').Arrival[]} arrivals - The requests, in the order in which they arrived.
 * @property {number[]} acts - The call's number for each time that an operation was carried out.
 * @property {unknown} before - The snapshot before the first call.
 * @property {unknown} after - The snapshot after the last one.
 */

/** Something that may not be. @typedef {{ rule: string, call?: number, operation?: string, detail: string }} Finding */

/**
 * A call with everything that is known of it.
 *
 * @typedef {object} Case
 * @property {import('./plan.mjs').Step} step - What was called.
 * @property {import('./callers.mjs').Told | undefined} told - What its caller was told.
 * @property {number} arrived - How many of its requests arrived.
 * @property {number} resent - How many of them the engine sent on its own: it only does where a connection was reset.
 * @property {number} acted - How often it was carried out.
 * @property {number | undefined} effects - How often its effect is in the state; undefined for what only reads.
 * @property {boolean} isDone - Whether its caller was told that it was carried out.
 * @property {boolean} isRefused - Whether its caller was told that it was not.
 */

const OUTCOMES = ['not_sent', 'rejected', 'applied', 'unknown'];

/** What may not be of a call. Each gives what is wrong, or nothing. @type {Record<string, (known: Case) => string | false | undefined>} */
export const RULES = {
  'no answer': ({ told }) => !told && 'the caller was told nothing',
  hang: ({ told }) => told?.end === 'hang' && 'the call did not end',
  'untyped error': ({ told }) => told?.end === 'error' && !told.isTyped && `${told.name}: ${told.message}`,
  'no outcome': ({ told }) =>
    told?.end === 'error' && !OUTCOMES.includes(told.outcome) && `the outcome of ${told.name} is ${told.outcome}`,
  'wrong value': ({ told }) => told?.end === 'value' && !told.isDue && 'the value is not the one that is due',
  'too many tries': ({ told }) => told?.attempts > MAX_RETRIES + 1 && `${told.attempts} requests were sent`,
  'lost acknowledgement': ({ isDone, acted, effects }) =>
    isDone && effects !== undefined && (acted === 0 || effects === 0) && `carried out ${acted} times, seen ${effects}`,
  'refused but done': (known) =>
    isRefusedButDone(known) && known.resent === 0 && `carried out ${known.acted} times, seen ${known.effects}`,
  'sent after all': ({ told, arrived }) => told?.outcome === 'not_sent' && arrived > 0 && `${arrived} requests arrived`,
  'uncounted request': ({ told, arrived, resent }) =>
    arrived > (told?.attempts ?? arrived) + resent && `${arrived} requests arrived, and ${told.attempts} were sent`,
  doubled: (known) => doubledByClient(known) > 0 && `carried out ${known.acted} times`,
  'not as after one': ({ step, effects, resent }) =>
    effects > 1 && (OPERATIONS[step.operation].repeatable || resent === 0) && `its effect is there ${effects} times`,
  'journal and state differ': ({ acted, effects }) =>
    effects !== undefined && acted > 0 !== effects > 0 && `carried out ${acted} times, seen ${effects}`,
};

/**
 * Examines a run.
 *
 * @param {readonly import('./plan.mjs').Step[]} steps - What was to be called.
 * @param {readonly import('./callers.mjs').Told[]} told - What the callers were told.
 * @param {Evidence} evidence - What the service has seen.
 * @returns {{ cases: Case[], findings: Finding[] }} Every call with what is known of it, and what may not be.
 */
export function examine(steps, told, { arrivals, acts, before, after }) {
  const state = stateOf(after);
  const tellings = new Map(told.map((telling) => [telling.call, telling]));
  const acted = tally(acts);
  const requests = groupBy(arrivals, ({ call }) => call);
  const cases = steps.map((step) => {
    const { call } = step;
    return known(step, tellings.get(call), requests.get(call) ?? [], acted.get(call) ?? 0, state);
  });
  const findings = [...cases.flatMap(broken), ...strays(cases, stateOf(before).totals, state.totals)];
  return { cases, findings };
}

/**
 * How often a call that may not be repeated was carried out again, but for what is the engine's doing.
 *
 * @param {Case} known - The call.
 * @returns {number} 0 for a call that may be repeated.
 */
export function doubledByClient({ step, acted, resent }) {
  return OPERATIONS[step.operation].repeatable ? 0 : Math.max(0, acted - 1 - resent);
}

/**
 * How often a call that may not be repeated was carried out again since the engine resent it.
 *
 * @param {Case} known - The call.
 * @returns {number} 0 for a call that may be repeated.
 */
export function doubledByEngine(known) {
  const again = OPERATIONS[known.step.operation].repeatable ? 0 : Math.max(0, known.acted - 1);
  return again - doubledByClient(known);
}

/**
 * Whether a call was refused though it had been carried out, since the engine resent a request and the second one met
 * what the first had done.
 *
 * @param {Case} known - The call.
 * @returns {boolean} True where the client could not know better.
 */
export function misledByEngine(known) {
  return isRefusedButDone(known) && known.resent > 0;
}

function isRefusedButDone({ isRefused, acted, effects }) {
  return isRefused && effects !== undefined && (acted > 0 || effects > 0);
}

/** @returns {Case} */
function known(step, told, requests, acted, state) {
  const { effects } = OPERATIONS[step.operation];
  const resets = requests.filter(({ fault }) => fault?.startsWith('reset')).length;
  return {
    step,
    told,
    arrived: requests.length,
    resent: told?.attempts ? Math.max(0, Math.min(requests.length - told.attempts, resets)) : 0,
    acted,
    effects: effects?.(state, step),
    isDone: told?.end === 'value' || told?.outcome === 'applied',
    isRefused: told?.outcome === 'not_sent' || told?.outcome === 'rejected',
  };
}

function broken(known) {
  const { call, operation } = known.step;
  return Object.entries(RULES).flatMap(([rule, complain]) => {
    const detail = complain(known);
    return detail ? [{ rule, call, operation, detail }] : [];
  });
}

/** What is in the state though no call has asked for it. */
function strays(cases, before, after) {
  return Object.keys(after).flatMap((what) => {
    const due = cases.reduce((sum, { step, effects = 0 }) => sum + effects * addsTo(step, what), before[what]);
    return due === after[what] ? [] : [{ rule: 'stray', detail: `${after[what]} ${what} instead of ${due}` }];
  });
}

function addsTo({ operation }, what) {
  return OPERATIONS[operation].adds?.[what] ?? 0;
}
