import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { startService } from './counting.mjs';

let service;
let worker;
let url;

before(async () => {
  service = await startService();
  worker = new Miniflare({
    compatibilityDate: '2026-04-01',
    modules: await modules(),
    bindings: { SERVICE_URL: service.url },
  });
  url = await worker.ready;
});

after(async () => {
  await worker?.dispose();
  service?.close();
});

/** Bundles the Worker as wrangler does: by the package's `workerd` entry, its wasm module uploaded beside it. */
async function modules() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('worker.js', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd'],
    external: ['*.wasm'],
  });
  const wasm = fileURLToPath(new URL('engine.wasm', import.meta.resolve('respond-io-wasm')));
  return [
    { type: 'ESModule', path: 'worker.js', contents: outputFiles[0].text },
    { type: 'CompiledWasm', path: 'engine.wasm', contents: readFileSync(wasm) },
  ];
}

/**
 * A request to the Worker, on a connection of its own. Its caller may hang up: a connection that is only closed may still
 * be read from, so that the runtime goes on; one that is reset ends the request at once.
 */
function ask(path) {
  let request;
  const status = new Promise((resolve) => {
    request = get(new URL(path, url), { agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    request.on('error', () => resolve('hung up'));
  });
  return { status, hangUp: () => request.socket.resetAndDestroy() };
}

async function buckets() {
  const response = await worker.dispatchFetch('http://worker/stats');
  return (await response.json()).buckets;
}

test('20 requests of one isolate wait in one queue; half are ended by the runtime, the others finish', {
  timeout: 20_000,
}, async (t) => {
  const start = performance.now();
  const requests = Array.from({ length: 20 }, (_, i) => ask(`/${i + 1}`));
  // By now five were sent, and the others wait for their turns.
  await sleep(400);
  assert.deepEqual(
    (await buckets()).map(({ bucket, queued }) => [bucket, queued]),
    [['GET', 15]],
  );
  const ended = requests.filter((_, i) => i > 4 && i % 3 !== 2);
  assert.equal(ended.length, 10);
  for (const { hangUp } of ended) hangUp();
  const statuses = await Promise.all(requests.map(({ status }) => status));
  const seconds = (performance.now() - start) / 1000;
  assert.deepEqual(
    statuses,
    requests.map((request) => (ended.includes(request) ? 'hung up' : 200)),
  );

  // They died where they waited: nobody sent them, and nobody left the queue for them.
  const { arrivals, refused, seconds: span } = await service.countsOf('constant-worker');
  assert.deepEqual([arrivals, refused], [20 - ended.length, 0]);
  assert(span > 1 && seconds < 4, `${span} s between arrivals, ${seconds} s in all`);
  t.diagnostic(`10 calls in ${seconds.toFixed(2)} s`);
});

test('those that died are gone from the queue, and the next call is sent at once', { timeout: 20_000 }, async () => {
  await sleep(1500);
  const start = performance.now();
  assert.equal(await ask('/21').status, 200);
  assert(performance.now() - start < 600);
  assert.deepEqual(
    (await buckets()).map(({ queued, inFlight }) => [queued, inFlight]),
    [[0, 0]],
  );
});
