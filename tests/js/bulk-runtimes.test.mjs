import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { ROOT } from '../../scripts/root.mjs';
import { run } from '../../scripts/run.mjs';
import { program } from './bulk-program.mjs';

const PROGRAM = join(ROOT, 'tests/js/bulk-program.mjs');
const EXPECTED = {
  first: '3f p 2f',
  second: '3f p 8f',
  refused: 'message.message.text',
  stopped: 12,
  failed: 'no',
  lastSaved: '3f p 8f',
  told: [0, 6],
  sent: 11,
};

test('bulk on Node', async () => {
  assert.deepEqual(JSON.parse(await program()), EXPECTED);
});

test('bulk on Deno', async () => {
  const source = `import { program } from ${JSON.stringify(PROGRAM)}; console.log(await program());`;
  const flags = ['--quiet', '--no-lock', '--node-modules-dir=manual', '--ext=js'];
  const args = ['eval', ...flags, source];
  const { code, stdout, output } = await run(join(ROOT, 'node_modules/.bin/deno'), args, { quiet: true, minutes: 1 });
  assert.equal(code, 0, output);
  assert.deepEqual(JSON.parse(stdout), EXPECTED);
});

test('bulk on workerd', async () => {
  const worker = `import { program } from ${JSON.stringify(PROGRAM)};
    export default { fetch: async () => new Response(await program()) };`;
  const { outputFiles } = await build({
    stdin: { contents: worker, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd'],
    external: ['*.wasm'],
  });
  const wasm = (name) => ({ type: 'CompiledWasm', path: name, contents: readFileSync(join(ROOT, 'pkg', name)) });
  const modules = [
    { type: 'ESModule', path: 'worker.js', contents: outputFiles[0].text },
    wasm('engine.wasm'),
    wasm('sandbox.wasm'),
  ];
  const miniflare = new Miniflare({ compatibilityDate: '2026-04-01', modules });
  try {
    const response = await miniflare.dispatchFetch('http://worker/');
    assert.deepEqual(await response.json(), EXPECTED);
  } finally {
    await miniflare.dispose();
  }
});
