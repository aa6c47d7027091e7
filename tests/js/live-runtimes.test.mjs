import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/root.mjs';
import { answerOf, evaluate } from '../runtimes.mjs';
import { program } from './live-program.mjs';

const IMPORT = `import { program } from ${JSON.stringify(join(ROOT, 'tests/js/live-program.mjs'))};`;
const EXPECTED = {
  sent: ['GET /v2/space/user', 'GET /v2/contact/list', 'GET /v2/contact/id:2'],
  users: [7],
  isOne: true,
  reason: 'contact_unknown',
};

test('live on Node', async () => {
  assert.deepEqual(JSON.parse(await program()), EXPECTED);
});

for (const runtime of ['deno', 'bun']) {
  test(`live on ${runtime}`, async () => {
    assert.deepEqual(await evaluate(runtime, `${IMPORT} console.log(await program());`), EXPECTED);
  });
}

test('live on workerd', async () => {
  const worker = `${IMPORT} export default { fetch: async () => new Response(await program()) };`;
  assert.deepEqual(await answerOf(worker, ['engine.wasm', 'live.wasm']), EXPECTED);
});
