import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { ROOT } from '../../scripts/root.mjs';
import { run } from '../../scripts/run.mjs';
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

for (const [name, args] of [
  ['deno', ['eval', '--quiet', '--no-lock', '--node-modules-dir=manual', '--ext=js']],
  ['bun', ['--eval']],
]) {
  test(`webhooks on ${name}`, async () => {
    const source = `${MODULE} console.log(await program(signed, { remoteAddr: {} }));`;
    const options = { quiet: true, minutes: 1 };
    const { code, stdout, output } = await run(join(ROOT, 'node_modules/.bin', name), [...args, source], options);
    assert.equal(code, 0, output);
    assert.deepEqual(JSON.parse(stdout), EXPECTED);
  });
}

test('webhooks on workerd', async () => {
  const worker = `${MODULE}
    export default { fetch: async (request, env, context) => new Response(await program(signed, context)) };`;
  const { outputFiles } = await build({
    stdin: { contents: worker, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd'],
  });
  const modules = [{ type: 'ESModule', path: 'worker.js', contents: outputFiles[0].text }];
  const miniflare = new Miniflare({ compatibilityDate: '2026-04-01', modules });
  try {
    const response = await miniflare.dispatchFetch('http://worker/');
    assert.deepEqual(await response.json(), EXPECTED);
  } finally {
    await miniflare.dispose();
  }
});
