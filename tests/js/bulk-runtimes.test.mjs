import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/root.mjs';
import { answerOf, evaluate } from '../runtimes.mjs';
import { program } from './bulk-program.mjs';

const IMPORT = `import { program } from ${JSON.stringify(join(ROOT, 'tests/js/bulk-program.mjs'))};`;
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

for (const runtime of ['deno', 'bun']) {
  test(`bulk on ${runtime}`, async () => {
    assert.deepEqual(await evaluate(runtime, `${IMPORT} console.log(await program());`), EXPECTED);
  });
}

test('bulk on workerd', async () => {
  const worker = `${IMPORT} export default { fetch: async () => new Response(await program()) };`;
  assert.deepEqual(await answerOf(worker, ['engine.wasm', 'sandbox.wasm']), EXPECTED);
});
