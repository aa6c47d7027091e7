// How long a body takes to become its value, beside the engine's own `response.json()`. Runs in every engine.

import { readBody } from '../js/body.ts';
import { Engine } from '../js/engine.ts';
import { MAKERS } from '../js/generated/makers.ts';
import { OPERATIONS } from '../js/generated/operations.ts';
import { DOCUMENTS } from './documents.mjs';

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

/** Milliseconds that `count` runs of `work` take, one after another. */
async function clock(work, count) {
  const start = performance.now();
  for (let i = 0; i < count; i++) await work();
  return performance.now() - start;
}

/** Interleaved rounds of two works: the medians in milliseconds, their ratio, and the quartiles of the ratio. */
export async function compare(ours, peer, { rounds, milliseconds }) {
  await clock(peer, 3);
  await clock(ours, 3);
  const count = Math.max(1, Math.ceil((milliseconds / (await clock(peer, 10))) * 10));
  const pairs = [];
  for (let round = 0; round < rounds; round++) {
    // Who is first changes, so that neither always follows the other's garbage.
    const first = round % 2 ? await clock(ours, count) : await clock(peer, count);
    const second = round % 2 ? await clock(peer, count) : await clock(ours, count);
    pairs.push(round % 2 ? [first, second] : [second, first]);
  }
  const ratios = pairs.map(([a, b]) => a / b).toSorted((a, b) => a - b);
  return {
    ours: median(pairs.map(([a]) => a)) / count,
    peer: median(pairs.map(([, b]) => b)) / count,
    ratio: median(ratios),
    spread: [ratios[ratios.length >> 2], ratios[(ratios.length * 3) >> 2]],
  };
}

/** Measures every document. */
export async function decode(module, options) {
  const engine = new Engine(await WebAssembly.instantiate(module), MAKERS);
  const results = {};
  for (const [name, [id, text]] of Object.entries(DOCUMENTS)) {
    const operation = OPERATIONS.findIndex((row) => row[0] === id);
    const bytes = new TextEncoder().encode(text);
    const ours = async () =>
      decodeWith(
        engine,
        operation,
        globalThis.RB
          ? await readBody(new Response(bytes), 2 ** 24, 10_000, new AbortController().signal)
          : new Uint8Array(await new Response(bytes).arrayBuffer()),
      );
    const peer = () => new Response(bytes).json();
    results[name] = await compare(ours, peer, options);
  }
  return results;
}

function decodeWith(engine, operation, body) {
  if (engine.response.length === 2) {
    engine.response(operation, body);
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  }
  return engine.response(operation, body, (fault) => {
    throw new Error(fault.message);
  });
}
