// How Workers read bodies, in Node, whose streams of bytes are alike. `tests/matrix` reads with it in workerd.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/root.mjs';

const entryPoints = [join(ROOT, 'js/large-chunks.ts')];
const { outputFiles } = await build({ entryPoints, bundle: true, write: false, format: 'esm' });
const { largeChunksOf } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

/** The chunks of a stream. */
async function chunksOf(stream) {
  const reader = largeChunksOf(stream);
  const chunks = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    chunks.push(value);
  }
}

const numbered = (length) => Uint8Array.from({ length }, (_, index) => index * 31);

for (const [length, most] of [
  [0, 0],
  [1, 1],
  [4095, 1],
  [4096, 1],
  [4097, 2],
  [62_000, 2],
  [200_000, 5],
]) {
  test(`${length} bytes come whole, in at most ${most} chunks`, async () => {
    const chunks = await chunksOf(new Response(numbered(length)).body);
    assert.ok(chunks.length <= most, `${chunks.length} chunks`);
    assert.deepEqual(new Uint8Array(Buffer.concat(chunks)), numbered(length));
  });
}

test('a stream that is none of bytes is read as it comes', async () => {
  const start = (controller) => {
    controller.enqueue(numbered(5000));
    controller.close();
  };
  assert.deepEqual(await chunksOf(new ReadableStream({ start })), [numbered(5000)]);
});

for (const type of ['bytes', undefined]) {
  const kind = type ?? 'anything';
  test(`a stream of ${kind} that fails fails the read`, async () => {
    const failing = new ReadableStream({ type, pull: (controller) => controller.error(new Error('cut off')) });
    await assert.rejects(largeChunksOf(failing).read(), /cut off/);
  });

  test(`a stream of ${kind} is cancelled at its source`, async () => {
    let cancelled = false;
    const cancel = () => {
      cancelled = true;
    };
    await largeChunksOf(new ReadableStream({ type, cancel })).cancel();
    assert.ok(cancelled);
  });
}

test("a Worker's entry reads what the runtime's own fetch gives so, and nothing else", async () => {
  const { RespondIO, init } = await import(join(ROOT, 'pkg/slim.workerd.js'));
  await init(readFileSync(join(ROOT, 'pkg/engine.wasm')));
  const modes = [];
  const answer = async () => {
    const response = new Response('{"id":1}');
    const { body } = response;
    const { getReader } = body;
    body.getReader = (...given) => {
      modes.push(given[0]?.mode);
      return getReader.apply(body, given);
    };
    return response;
  };
  const own = globalThis.fetch;
  globalThis.fetch = answer;
  try {
    for (const fetch of [undefined, answer]) {
      const { id } = await new RespondIO({ apiToken: 'token', fetch }).contacts.get('id:1');
      assert.equal(id, 1);
    }
  } finally {
    globalThis.fetch = own;
  }
  assert.deepEqual(modes, ['byob', undefined]);
});
