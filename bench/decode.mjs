// How long the body of a response takes to become its value, beside the runtime's own `response.json()`, both from a
// Response in memory. Runs in every engine.

import { readBody } from '../js/body.ts';
import { Bounds } from '../js/bounds.ts';
import { Engine } from '../js/engine.ts';
import { MAKERS } from '../js/generated/makers.ts';
import { OPERATIONS } from '../js/generated/operations.ts';
import { Reader } from '../js/reader.ts';
import { runtime } from '../js/runtime.ts';
import { DOCUMENTS } from './documents.mjs';

/** A reader as the entries of servers have it. */
export const serverReader = () => new Reader(MAKERS);

/** Reads a body as a call does that nothing ends; the timer that would is the call's, which started it before. */
export const bodyOf = (response) => readBody(response, 2 ** 24, new Bounds(), false, runtime.chunksOf);

/** Reads values with an engine of the package: that of browsers, or with a reader that of servers. */
export async function readWith(module, reader) {
  const engine = new Engine(await WebAssembly.instantiate(module), reader);
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
 * For each document what is compared.
 *
 * @param {WebAssembly.Module} module - The engine's.
 * @param {Reader} [reader] - What reads its records.
 * @returns {Promise<Record<string, { ours: () => unknown, peer: () => unknown }>>} By the document's name.
 */
export async function worksOf(module, reader) {
  const read = await readWith(module, reader);
  const works = Object.entries(DOCUMENTS).map(([name, [id, text]]) => {
    const bytes = new TextEncoder().encode(text);
    // A call holds on to its response: Chromium may never go on with a body whose response was collected.
    const held = (way) => async () => {
      const response = new Response(bytes);
      const value = await way(response);
      return response.ok && value;
    };
    const ours = held(async (response) => read(id, await bodyOf(response)));
    return [name, { ours, peer: held((response) => response.json()) }];
  });
  return Object.fromEntries(works);
}
