// How decoding is judged, wherever it runs.

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

/**
 * The rows of every document.
 *
 * @param {Awaited<ReturnType<typeof import('./decode.mjs').worksOf>>} works - What is compared.
 * @param {string} runtime - Where it runs.
 * @param {Parameters<typeof interleave>[1]} options - See `interleave`.
 * @param {Parameters<typeof interleave>[2]} [measure] - See `interleave`.
 */
export async function rowsOf(works, runtime, options, measure) {
  const rows = [];
  for (const [name, { ours, peer }] of Object.entries(works)) {
    const goal = runtime === 'Node' ? (GOALS[name] ?? null) : name === 'ASCII page' ? WORST : null;
    const times = await interleave({ ours, 'response.json()': peer }, options, measure);
    rows.push(row(`decode: ${name}`, runtime, times, 'ours', 'response.json()', goal));
  }
  return rows;
}
