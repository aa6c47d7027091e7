import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/root.mjs';
import { answerOf, evaluate } from '../runtimes.mjs';
import { program } from './proxy-program.mjs';

const IMPORT = `import { program } from ${JSON.stringify(join(ROOT, 'tests/edge/proxy-program.mjs'))};`;
const OF_EACH = {
  found: 1,
  missing: ['NotFoundError', 'service'],
  refused: ['PermissionError', 'not_allowed'],
  sent: 'done',
  deleted: ['PermissionError', 'not_allowed'],
  stranger: 403,
  arrived: ['getContact', 'getContact', 'sendMessage'],
};
const EXPECTED = [OF_EACH, OF_EACH];

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
  assert.deepEqual(await answerOf(worker, ['engine.wasm', 'live.wasm', 'sandbox.wasm']), EXPECTED);
});

test('no client carries the proxy, and no proxy the routes of the other surface', async () => {
  const marks = ['createProxy', '/tag/{tagId}', '/contact/{identifier}/lifecycle/update'];
  for (const [entry, carried] of [
    ['respond-io-wasm', []],
    ['respond-io-wasm/live', []],
    ['respond-io-wasm/proxy', marks.slice(0, 2)],
    ['respond-io-wasm/proxy/live', [marks[0], marks[2]]],
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
    assert.deepEqual(
      marks.filter((mark) => text.includes(mark)),
      carried,
      entry,
    );
  }
});
