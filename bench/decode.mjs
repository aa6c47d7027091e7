// How long the body of a response takes to become its value, beside the runtime's own `response.json()`, both from a
// Response in memory. Runs in every engine.

import { readBody } from '../js/body.ts';
import { Engine } from '../js/engine.ts';
import { MAKERS } from '../js/generated/makers.ts';
import { OPERATIONS } from '../js/generated/operations.ts';
import { DOCUMENTS } from './documents.mjs';
import { interleave, row } from './measure.mjs';

/** What the ratios are to be in V8, in Node. */
const GOALS = {
  'ASCII page': 0.55,
  'non-ASCII page': 0.5,
  'two unknown fields a contact': 0.62,
  'every string unique': 0.65,
  'single contact': 1.05,
};
/** What no engine may exceed. */
const WORST = 1.1;

/** Reads a body as a call does that nothing ends. */
export const bodyOf = (response) => readBody(response, 2 ** 24, 10_000, new Promise(() => {}));

/** Reads values with the engine of the package. */
export async function readerOf(module) {
  const engine = new Engine(await WebAssembly.instantiate(module), MAKERS);
  const refuse = (fault) => {
    throw new Error(`${fault.path} ${fault.message}`);
  };
  return (id, bytes) =>
    engine.response(
      OPERATIONS.findIndex((row) => row[0] === id),
      bytes,
      refuse,
    );
}

/**
 * The rows of every document.
 *
 * @param {WebAssembly.Module} module - The engine's.
 * @param {string} runtime - Where this runs.
 * @param {Parameters<typeof interleave>[1]} options - See `interleave`.
 */
export async function decode(module, runtime, options) {
  const read = await readerOf(module);
  const rows = [];
  for (const [name, [id, text]] of Object.entries(DOCUMENTS)) {
    const bytes = new TextEncoder().encode(text);
    // A call holds on to its response: Chromium may never go on with a body whose response was collected.
    const held = (way) => async () => {
      const response = new Response(bytes);
      const value = await way(response);
      return response.ok && value;
    };
    const ours = held(async (response) => read(id, await bodyOf(response)));
    const peer = held((response) => response.json());
    const goal = runtime === 'Node' ? (GOALS[name] ?? null) : name === 'ASCII page' ? WORST : null;
    const times = await interleave({ ours, 'response.json()': peer }, options);
    rows.push(row(`decode: ${name}`, runtime, times, 'ours', 'response.json()', goal));
  }
  return rows;
}
