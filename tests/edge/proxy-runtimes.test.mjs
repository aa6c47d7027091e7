import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { ROOT } from '../../scripts/root.mjs';
import { run } from '../../scripts/run.mjs';
import { program } from './proxy-program.mjs';

const PROGRAM = join(ROOT, 'tests/edge/proxy-program.mjs');
const EXPECTED = {
  found: 1,
  missing: ['NotFoundError', 'service'],
  refused: ['PermissionError', 'not_allowed'],
  sent: 'done',
  deleted: ['PermissionError', 'not_allowed'],
  stranger: 403,
  arrived: ['getContact', 'getContact', 'sendMessage'],
};

test('the proxy on Node', async () => {
  assert.deepEqual(JSON.parse(await program()), EXPECTED);
});

const source = `import { program } from ${JSON.stringify(PROGRAM)}; console.log(await program());`;
for (const [name, args] of [
  ['deno', ['eval', '--quiet', '--no-lock', '--node-modules-dir=manual', '--ext=js', source]],
  ['bun', ['--eval', source]],
]) {
  test(`the proxy on ${name}`, async () => {
    const { code, stdout, output } = await run(join(ROOT, 'node_modules/.bin', name), args, {
      quiet: true,
      minutes: 1,
    });
    assert.equal(code, 0, output);
    assert.deepEqual(JSON.parse(stdout), EXPECTED);
  });
}

test('the proxy on workerd', async () => {
  const contents = `import { program } from ${JSON.stringify(PROGRAM)};
    export default { fetch: async () => new Response(await program()) };`;
  const { text } = await bundled({ stdin: { contents, resolveDir: ROOT }, conditions: ['workerd'] });
  const wasm = (name) => ({ type: 'CompiledWasm', path: name, contents: readFileSync(join(ROOT, 'pkg', name)) });
  const modules = [{ type: 'ESModule', path: 'worker.js', contents: text }, wasm('engine.wasm'), wasm('sandbox.wasm')];
  const miniflare = new Miniflare({ compatibilityDate: '2026-04-01', modules });
  try {
    const response = await miniflare.dispatchFetch('http://worker/');
    assert.deepEqual(await response.json(), EXPECTED);
  } finally {
    await miniflare.dispose();
  }
});

test('the default entry carries nothing of the proxy', async () => {
  const mark = '/contact/create_or_update/{identifier}';
  for (const [entry, carries] of [
    ['respond-io-wasm', false],
    ['respond-io-wasm/proxy', true],
  ]) {
    const { text } = await bundled({ stdin: { contents: `export * from '${entry}'`, resolveDir: ROOT } });
    assert.equal(text.includes(mark), carries, entry);
    assert.equal(text.includes('createProxy'), carries, entry);
  }
});

async function bundled(options) {
  const { outputFiles } = await build({
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    external: ['*.wasm'],
    ...options,
  });
  return outputFiles[0];
}
