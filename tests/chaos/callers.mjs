// What calls: it runs in every runtime, so it imports nothing of any.

import { OPERATIONS } from './operations.mjs';
import { CALL_HEADER, DEADLINE_MS } from './settings.mjs';
import { groupBy } from './tally.mjs';

/**
 * What a caller was told of its call.
 *
 * @typedef {object} Told
 * @property {number} call - The call's number.
 * @property {'value' | 'error' | 'hang'} end - How it ended; a hang is a call that did not.
 * @property {number} [attempts] - How many requests the client says that it sent.
 * @property {boolean} [isDue] - Whether the value is the one that is due.
 * @property {boolean} [isTyped] - Whether the error is one of the package.
 * @property {string} [name] - The error's class.
 * @property {string} [outcome] - The error's outcome.
 * @property {string} [message] - What the error says.
 */

/**
 * Makes the calls of a plan, each caller's one after the other.
 *
 * @param {object} client - A client, or what has its methods.
 * @param {Function} ErrorClass - What every error must be.
 * @param {readonly import('./plan.mjs').ReadyStep[]} steps - The calls.
 * @returns {Promise<{ told: Told[], seconds: number }>} What the callers were told, and how long it took.
 */
export async function makeCalls(client, ErrorClass, steps) {
  const callers = groupBy(steps, ({ caller }) => caller);
  const start = performance.now();
  const told = await Promise.all([...callers.values()].map((own) => makeOwnCalls(client, ErrorClass, own)));
  return { told: told.flat(), seconds: (performance.now() - start) / 1000 };
}

async function makeOwnCalls(client, ErrorClass, steps) {
  const told = [];
  for (const step of steps) told.push(await makeCall(client, ErrorClass, step));
  return told;
}

async function makeCall(client, ErrorClass, step) {
  const { resource, method, isValue } = OPERATIONS[step.operation];
  const { call, args, abortAfterMs, target } = step;
  const options = { headers: { [CALL_HEADER]: String(call) } };
  if (abortAfterMs !== undefined) options.signal = abortAfter(abortAfterMs);
  const ending = client[resource]
    [method](...args, options)
    .withResponse()
    .then(
      ({ data, attempts }) => ({ call, end: 'value', attempts, isDue: !isValue || judge(isValue, data, step, target) }),
      (error) => ({ call, end: 'error', isTyped: error instanceof ErrorClass, ...said(error) }),
    );
  return within(DEADLINE_MS, ending, { call, end: 'hang' });
}

/** A value of another shape makes a judge throw. */
function judge(isValue, value, step, target) {
  try {
    return isValue(value, step, target);
  } catch {
    return false;
  }
}

function said(error) {
  const { name, outcome, attempts, message } = error;
  return { name, outcome, attempts, message };
}

function abortAfter(ms) {
  return ms === 0 ? AbortSignal.abort() : AbortSignal.timeout(ms);
}

function within(ms, promise, otherwise) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms, otherwise);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
