// The first pages of a fresh process, the wasm module's compilation included: prints the milliseconds until each was
// read, from the start on, by `ours` or by `json`.

import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { bodyOf, readWith, serverReader } from './decode.mjs';
import { DOCUMENTS } from './documents.mjs';

const [, , wasm, way, count] = argv;
const bytes = new TextEncoder().encode(DOCUMENTS['ASCII page'][1]);
const file = readFileSync(wasm);
const marks = [];
// The runtime loads its own fetch for the first Response and its timers for the first request, whoever reads it.
await new Response('{}').json();
await new Promise((resolve) => setTimeout(resolve));
const start = performance.now();
const read = way === 'ours' ? await readWith(new WebAssembly.Module(file), serverReader()) : undefined;
for (let page = 0; page < Number(count); page++) {
  const response = new Response(bytes);
  if (read) read('listContacts', await bodyOf(response));
  else await response.json();
  marks.push(performance.now() - start);
}
console.log(JSON.stringify(marks));
