// What the package holds after many calls: prints its rows as JSON. Whether the run is a quick one is its argument.

import { argv } from 'node:process';
import { RespondIO } from 'respond-io-wasm';
import { DOCUMENTS } from './documents.mjs';
import { bounded } from './measure.mjs';

const quick = argv[2] === 'quick';
const memories = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate(...args);
  if (made.exports?.response) memories.push(made.exports.memory);
  return made;
};
const wasmBytes = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
const heap = async () => {
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
};
const options = { apiToken: 'token', rateLimit: false, maxRetries: 0, timeout: 0 };

async function calls(count) {
  const [, page] = DOCUMENTS['page of 10'];
  const client = new RespondIO({ ...options, fetch: async () => new Response(page) });
  for (let i = 0; i < 1000; i++) await client.contacts.list();
  const before = wasmBytes();
  for (let i = 0; i < count; i++) await client.contacts.list();
  return wasmBytes() - before;
}

/** Bytes of wasm memory and of heap, a call, that calls whose fetch never settles leave once they were aborted. */
async function endless(count) {
  const client = new RespondIO({ ...options, fetch: () => new Promise(() => {}) });
  const begin = () => {
    const controller = new AbortController();
    const call = client.contacts.get('id:1', { signal: controller.signal }).catch(() => {});
    return { controller, call };
  };
  const before = { wasm: wasmBytes(), heap: await heap() };
  let begun = Array.from({ length: count }, begin);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const waiting = ((await heap()) - before.heap) / count;
  for (const { controller } of begun) controller.abort();
  await Promise.all(begun.map(({ call }) => call));
  begun = undefined;
  return { wasm: wasmBytes() - before.wasm, waiting, left: ((await heap()) - before.heap) / count };
}

async function clients(count) {
  const before = { wasm: wasmBytes(), heap: await heap() };
  let made = Array.from({ length: count }, () => new RespondIO({ apiToken: 'token' }));
  const each = ((await heap()) - before.heap) / made.length;
  made = undefined;
  return { wasm: wasmBytes() - before.wasm, each, left: ((await heap()) - before.heap) / count };
}

const count = quick ? 2_000 : 20_000;
const long = quick ? 5_000 : 100_000;
const growth = await calls(long);
const never = await endless(count);
const many = await clients(count);
const rows = [
  bounded(`memory: wasm after ${long} calls`, 'Node', growth, 0, 'bytes'),
  bounded(`memory: wasm after ${count} fetches that never settle`, 'Node', never.wasm, 0, 'bytes'),
  {
    ...bounded('memory: heap of such a call, while it waits', 'Node', never.waiting, 0, 'bytes'),
    goal: null,
    met: null,
  },
  { ...bounded('memory: heap of such a call, once aborted', 'Node', never.left, 0, 'bytes'), goal: null, met: null },
  bounded(`memory: wasm after ${count} clients`, 'Node', many.wasm, 0, 'bytes'),
  { ...bounded('memory: heap of a client', 'Node', many.each, 0, 'bytes'), goal: null, met: null },
  { ...bounded('memory: heap of a client, once dropped', 'Node', many.left, 0, 'bytes'), goal: null, met: null },
];
console.log(JSON.stringify(rows));
process.exit();
