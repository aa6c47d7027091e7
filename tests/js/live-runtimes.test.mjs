import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { ROOT } from '../../scripts/root.mjs';
import { run } from '../../scripts/run.mjs';
import { program } from './live-program.mjs';

const PROGRAM = JSON.stringify(join(ROOT, 'tests/js/live-program.mjs'));
const SOURCE = `import { program } from ${PROGRAM}; console.log(await program());`;
const EXPECTED = {
  sent: ['GET /v2/space/user', 'GET /v2/contact/list', 'GET /v2/contact/id:2'],
  users: [7],
  isOne: true,
  reason: 'contact_unknown',
};

test('live on Node', async () => {
  assert.deepEqual(JSON.parse(await program()), EXPECTED);
});

for (const [name, args] of [
  ['deno', ['eval', '--quiet', '--no-lock', '--node-modules-dir=manual', '--ext=js', SOURCE]],
  ['bun', ['--eval', SOURCE]],
]) {
  test(`live on ${name}`, async () => {
    const { code, stdout, output } = await run(join(ROOT, 'node_modules/.bin', name), args, {
      quiet: true,
      minutes: 1,
    });
    assert.equal(code, 0, output);
    assert.deepEqual(JSON.parse(stdout), EXPECTED);
  });
}

test('live on workerd', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { program } from ${PROGRAM}; export default { fetch: async () => new Response(await program()) };`,
      resolveDir: ROOT,
    },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd'],
    external: ['*.wasm'],
  });
  const wasm = (name) => ({ type: 'CompiledWasm', path: name, contents: readFileSync(join(ROOT, 'pkg', name)) });
  const worker = { type: 'ESModule', path: 'worker.js', contents: outputFiles[0].text };
  const modules = [worker, wasm('engine.wasm'), wasm('live.wasm')];
  const miniflare = new Miniflare({ compatibilityDate: '2026-04-01', modules });
  try {
    const response = await miniflare.dispatchFetch('http://worker/');
    assert.deepEqual(await response.json(), EXPECTED);
  } finally {
    await miniflare.dispose();
  }
});
