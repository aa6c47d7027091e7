import { RespondIO, RespondIOError } from 'respond-io-wasm';
import { makeCalls } from '../callers.mjs';
import { CLIENT_OPTIONS } from '../settings.mjs';

/**
 * Makes the calls in this process.
 *
 * @param {object} [options] - Options of the client besides those of the run.
 * @returns {import('../run.mjs').Caller} The caller.
 */
export function inNode(options = {}) {
  return ({ baseUrl, steps }) => {
    const client = new RespondIO({ ...CLIENT_OPTIONS, baseUrl, ...options });
    return makeCalls(client, RespondIOError, steps);
  };
}
