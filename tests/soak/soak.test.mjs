// Long runs: nothing may grow with the number of calls. Each prints what it measured.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

const MIB = 1024 * 1024;
const CALLS = 100_000;
const ABORTED = 20_000;
const CONTACTS = 1_000_000;
const PAGE = 100;

// The module's memory is seen from outside, by whoever instantiates it; so before the package is imported.
const memories = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...given) => {
  const instance = await instantiate(...given);
  // Node's own fetch has a module, too.
  if (instance.exports?.reserve) memories.push(instance.exports.memory);
  return instance;
};
const { AbortError, RespondIO } = await import('respond-io-wasm');

const wasmBytes = () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
const clientWith = (fetch) =>
  new RespondIO({ apiToken: 'token', fetch, rateLimit: false, responseValidation: 'throw' });

test(`${CALLS} calls and ${ABORTED} aborted ones leave wasm memory where it was after the first thousand`, async () => {
  const body = JSON.stringify({ id: 1, firstName: 'Aida', tags: ['vip'] });
  const answering = clientWith(async () => new Response(body));
  const hanging = clientWith((_, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', reject)));
  const rounds = async (count) => {
    for (let done = 0; done < count; done += 100) {
      const contacts = await Promise.all(Array.from({ length: 100 }, () => answering.contacts.get('id:1')));
      assert.ok(contacts.every(({ id }) => id === 1));
    }
  };
  await rounds(1000);
  const before = wasmBytes();
  await rounds(CALLS - 1000);
  for (let done = 0; done < ABORTED; done += 100) {
    const controller = new AbortController();
    const calls = Array.from({ length: 100 }, () =>
      hanging.messaging.send('id:1', { message: { type: 'text', text: 'Hello!' } }, { signal: controller.signal }),
    );
    // A turn of the event loop, so that the requests are on their way.
    await pause(0);
    controller.abort();
    const outcomes = await Promise.allSettled(calls);
    assert.ok(outcomes.every(({ reason }) => reason instanceof AbortError && reason.outcome === 'unknown'));
  }
  await rounds(100);
  console.log(`wasm memory: ${before} bytes after 1,000 calls, ${wasmBytes()} after ${CALLS} and ${ABORTED} aborted`);
  assert.equal(memories.length, 1);
  assert.equal(wasmBytes(), before);
  assert.equal(hanging.stats().requests, ABORTED);
});

test(`a listing of ${CONTACTS} contacts runs in constant memory`, async () => {
  const fetch = async (url) => {
    const first = Number(new URL(url).searchParams.get('cursorId') ?? 0);
    const items = Array.from({ length: PAGE }, (_, i) => ({
      id: first + i + 1,
      firstName: `Contact ${first + i + 1}`,
      email: `contact${first + i + 1}@example.com`,
      tags: ['vip', 'newsletter'],
    }));
    const cursorId = first + PAGE;
    return Response.json({ items, pagination: { cursorId, hasMore: cursorId < CONTACTS } });
  };
  let count = 0;
  let sum = 0;
  const peaks = { early: 0, late: 0 };
  for await (const { id } of clientWith(fetch).contacts.list()) {
    count += 1;
    sum += id;
    if (count % 10_000) continue;
    // What is used after a collection, where node was started with --expose-gc; else what happens to be there.
    globalThis.gc?.();
    const half = count <= CONTACTS / 2 ? 'early' : 'late';
    peaks[half] = Math.max(peaks[half], process.memoryUsage().heapUsed);
  }
  const [early, late] = [peaks.early / MIB, peaks.late / MIB];
  console.log(`heap in use at most: ${early.toFixed(1)} MiB in the first half, ${late.toFixed(1)} MiB in the second`);
  assert.equal(count, CONTACTS);
  assert.equal(sum, (CONTACTS * (CONTACTS + 1)) / 2);
  assert.ok(globalThis.gc, 'node was started without --expose-gc');
  assert.ok(late < early + 4, 'the heap grows with the number of contacts');
});
