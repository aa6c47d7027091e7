// What the heap holds after one field of each of 3,000 pages was kept, read by `ours` or by JSON.parse; prints bytes.

import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { readWith, serverReader } from './decode.mjs';
import { DOCUMENTS } from './documents.mjs';

const [, , wasm, way] = argv;
const read = await readWith(await WebAssembly.compile(readFileSync(wasm)), serverReader());
const [, text] = DOCUMENTS['ASCII page'];
// So many that what the engine compiles meanwhile is little beside them.
const PAGES = 3000;
const kept = [];
const keep = (page) => {
  // Another text each time, as from a service.
  const bytes = new TextEncoder().encode(text.replaceAll('250', String(300 + page)));
  const value = way === 'ours' ? read('listContacts', bytes) : JSON.parse(new TextDecoder().decode(bytes));
  kept.push(page % 2 ? value.items[7].firstName : value.items[7].email);
};
const heap = () => {
  for (let i = 0; i < 3; i++) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
for (let page = 0; page < 500; page++) keep(page);
kept.length = 0;
const before = heap();
for (let page = 0; page < PAGES; page++) keep(page);
console.log(JSON.stringify(heap() - before));
if (kept.length !== PAGES) throw new Error('nothing was kept');
