import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/root.mjs';
import { answerOf, evaluate } from '../runtimes.mjs';
import { program } from './proxy-program.mjs';

const IMPORT = `import { program } from ${JSON.stringify(join(ROOT, 'tests/edge/proxy-program.mjs'))};`;
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

for (const runtime of ['deno', 'bun']) {
  test(`the proxy on ${runtime}`, async () => {
    assert.deepEqual(await evaluate(runtime, `${IMPORT} console.log(await program());`), EXPECTED);
  });
}

test('the proxy on workerd', async () => {
  const worker = `${IMPORT} export default { fetch: async () => new Response(await program()) };`;
  assert.deepEqual(await answerOf(worker, ['engine.wasm', 'sandbox.wasm']), EXPECTED);
});

test('the default entry carries nothing of the proxy', async () => {
  const mark = '/contact/create_or_update/{identifier}';
  for (const [entry, carries] of [
    ['respond-io-wasm', false],
    ['respond-io-wasm/proxy', true],
  ]) {
    const { outputFiles } = await build({
      stdin: { contents: `export * from '${entry}'`, resolveDir: ROOT },
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      external: ['*.wasm'],
    });
    const [{ text }] = outputFiles;
    assert.equal(text.includes(mark), carries, entry);
    assert.equal(text.includes('createProxy'), carries, entry);
  }
});
