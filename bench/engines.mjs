// The engines that decoding is measured in: each runs the works of decode.mjs and gives their rows.

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Miniflare } from 'miniflare';
import { ensure } from '../scripts/tools.mjs';
import { BROWSERS } from '../tests/matrix/browsers.mjs';
import { rowsOf } from './decode-rows.mjs';
import { DOCUMENTS } from './documents.mjs';
import { ask, BROWSER_WASM, bundled, COMPATIBILITY_DATE, WASM } from './programs.mjs';

/** How often, each half a second, a page is asked for its rows. */
const PATIENCE = 600;

/** How rounds are made. @typedef {Parameters<typeof import('./measure.mjs').interleave>[1]} Rounds */

/** By name: measures in it. @type {Record<string, (rounds: Rounds) => Promise<object[]>>} */
export const ENGINES = {
  Node: program('Node'),
  Deno: program('Deno'),
  Bun: program('Bun'),
  workerd: inWorkerd,
  Chromium: page('Chromium'),
  Firefox: page('Firefox'),
  WebKit: page('WebKit'),
};

function program(engine) {
  return async (rounds) => ask(engine, [await bundled('decode-program'), WASM, engine, JSON.stringify(rounds)]);
}

function page(engine) {
  return async (rounds) => {
    const name = engine.toLowerCase();
    Object.assign(process.env, await ensure([name]));
    const bundle = readFileSync(await bundled('decode-page', { format: 'iife', globalName: 'bench' }), 'utf8');
    const given = JSON.stringify([readFileSync(BROWSER_WASM).toString('base64'), engine, rounds]);
    const session = await BROWSERS[name]();
    try {
      await session.open('about:blank');
      // A script of the page itself: one that a driver runs may meet each object of the page through a wrapper.
      const add = `const script = document.createElement('script');
        script.textContent = given;
        document.documentElement.append(script);`;
      await session.run(add, `${bundle}\nbench.measure(...${given});`);
      return JSON.parse(await written(session));
    } finally {
      await session.close();
    }
  };
}

/** What the script of the page writes into the page in the end. */
async function written(session) {
  for (let tries = 0; tries < PATIENCE; tries++) {
    const { rows, error } = await session.run('return { ...document.documentElement.dataset };', []);
    if (error) throw new Error(error);
    if (rows) return rows;
    await sleep(500);
  }
  throw new Error('the page was not ready in time');
}

/** In workerd no clock goes on while code runs, so each share of a round is a request whose time is taken outside. */
async function inWorkerd(rounds) {
  const contents = readFileSync(await bundled('decode-worker'), 'utf8');
  const modules = [
    { type: 'ESModule', path: 'worker.js', contents },
    { type: 'CompiledWasm', path: 'engine.wasm', contents: readFileSync(WASM) },
  ];
  const miniflare = new Miniflare({ compatibilityDate: COMPATIBILITY_DATE, modules });
  const work = (name, way) => async (count) => {
    const response = await miniflare.dispatchFetch('http://worker/', {
      method: 'POST',
      body: JSON.stringify({ name, way, count }),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  const works = Object.keys(DOCUMENTS).map((name) => [name, { ours: work(name, 'ours'), peer: work(name, 'peer') }]);
  const clock = async (work, count) => {
    const start = performance.now();
    await work(count);
    return performance.now() - start;
  };
  try {
    return await rowsOf(Object.fromEntries(works), 'workerd', rounds, clock);
  } finally {
    await miniflare.dispose();
  }
}
