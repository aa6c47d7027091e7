import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/root.mjs';
import { answerOf, evaluate } from '../runtimes.mjs';
import { program } from './webhooks-program.mjs';

const PROGRAM = join(ROOT, 'tests/edge/webhooks-program.mjs');
const SIGNED = join(ROOT, 'tests/edge/signatures.json');
const signed = JSON.parse(readFileSync(SIGNED, 'utf8'));
const EXPECTED = {
  kinds: signed.map(({ kind }) => (kind === 'refused' ? 'body' : kind)),
  tampered: 'signature_mismatch',
  capped: 'too_large',
  stalled: 'stalled',
  statuses: [200, 200, 200, 401],
  allow: [405, 'POST'],
  calls: ['e1', 'false', 'true'],
};
const MODULE = `import { program } from ${JSON.stringify(PROGRAM)};
  import signed from ${JSON.stringify(SIGNED)} with { type: 'json' };`;

test('webhooks on Node', async () => {
  assert.deepEqual(JSON.parse(await program(signed)), EXPECTED);
});

for (const runtime of ['deno', 'bun']) {
  test(`webhooks on ${runtime}`, async () => {
    const source = `${MODULE} console.log(await program(signed, { remoteAddr: {} }));`;
    assert.deepEqual(await evaluate(runtime, source), EXPECTED);
  });
}

test('webhooks on workerd', async () => {
  const worker = `${MODULE}
    export default { fetch: async (request, env, context) => new Response(await program(signed, context)) };`;
  assert.deepEqual(await answerOf(worker, []), EXPECTED);
});
