// How long a fresh isolate of workerd takes to load a program and to be answered by it, beyond what an empty one takes.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { ROOT } from '../scripts/root.mjs';
import { bundled, COMPATIBILITY_DATE as compatibilityDate, WASM } from './programs.mjs';

/**
 * Rounds in which each program has so many isolates. No clock goes on in workerd while code runs, so it is taken outside.
 *
 * @param {{ rounds: number, count: number }} options - How many rounds, and how many isolates a program has in one.
 * @returns {Promise<{ ours: number[], axios: number[] }>} By program, the milliseconds of an isolate in each round.
 */
export async function isolates({ rounds, count }) {
  const script = readFileSync(join(ROOT, 'bench/isolates-worker.mjs'), 'utf8');
  const modules = [{ type: 'ESModule', path: 'main.js', contents: script }];
  for (const program of ['axios', 'empty', 'ours']) {
    const options = { platform: 'browser', conditions: ['workerd', 'worker', 'browser'] };
    const contents = readFileSync(await bundled(`isolate-${program}`, options), 'utf8');
    modules.push({ type: 'Text', path: `isolate-${program}.txt`, contents });
  }
  modules.push({ type: 'Data', path: 'engine.bin', contents: readFileSync(WASM) });
  const bindings = { compatibilityDate };
  const miniflare = new Miniflare({ compatibilityDate, modules, bindings, workerLoaders: { LOADER: {} } });
  try {
    return await measured((program) => ask(miniflare, program, count), rounds);
  } finally {
    await miniflare.dispose();
  }
}

async function measured(take, rounds) {
  const times = { ours: [], axios: [] };
  // What the first isolates load is loaded for all.
  for (const program of ['empty', 'ours', 'axios']) await take(program);
  for (let round = 0; round < rounds; round++) {
    const empty = await take('empty');
    for (const program of Object.keys(times)) times[program].push((await take(program)) - empty);
  }
  return times;
}

async function ask(miniflare, program, count) {
  const start = performance.now();
  const response = await miniflare.dispatchFetch('http://worker/', {
    method: 'POST',
    body: JSON.stringify({ program, count }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (performance.now() - start) / count;
}
