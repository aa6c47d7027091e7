import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { examine } from './checker.mjs';

/** Makes the calls of a plan against the API at an address. @typedef {(plan: { baseUrl: string, steps: import('./plan.mjs').ReadyStep[] }) => Promise<{ told: import('./callers.mjs').Told[], seconds: number }>} Caller */

/**
 * A run and what came of it.
 *
 * @typedef {object} Result
 * @property {import('./checker.mjs').Case[]} cases - Every call with what is known of it.
 * @property {import('./checker.mjs').Finding[]} findings - What may not be.
 * @property {import('./proxy.mjs').Arrival[]} arrivals - The requests that arrived.
 * @property {number} seconds - How long the calls took.
 */

const SERVICE = fileURLToPath(new URL('service.mjs', import.meta.url));

/**
 * Runs a plan: another process serves the sandbox and lets requests go wrong, `makeCalls` makes the calls here or in
 * another runtime, and then both are compared.
 *
 * @param {import('./plan.mjs').Run} run - What is run.
 * @param {Caller} makeCalls - Makes the calls.
 * @returns {Promise<Result>} What came of it.
 */
export async function runChaos(run, makeCalls) {
  const service = fork(SERVICE, { serialization: 'advanced' });
  try {
    const { url, steps } = await ask(service, run);
    const { told, seconds } = await makeCalls({ baseUrl: `${url}/v2`, steps });
    const evidence = await ask(service, 'what was seen');
    return { ...examine(steps, told, evidence), arrivals: evidence.arrivals, seconds };
  } finally {
    service.kill();
  }
}

/** Sends a message to the process and waits for its answer. */
async function ask(service, message) {
  service.send(message);
  const left = new AbortController();
  const answer = once(service, 'message', { signal: left.signal }).then(([value]) => value);
  const ended = once(service, 'exit', { signal: left.signal }).then(([code]) => {
    throw new Error(`the process that is called ended with ${code}`);
  });
  try {
    return await Promise.race([answer, ended]);
  } finally {
    left.abort();
    // The one that lost the race is aborted now.
    await Promise.allSettled([answer, ended]);
  }
}
