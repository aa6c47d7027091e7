import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT } from '../../scripts/root.mjs';
import { run } from '../../scripts/run.mjs';
import { installPacked } from '../packed/install.mjs';
import { serveSeeded } from './support.mjs';

const DENO = join(ROOT, 'node_modules/.bin/deno');
/** The permissions that the example itself names. */
const [ENV] = /--allow-env=\S+/.exec(readFileSync(join(ROOT, 'examples/deno/welcome.ts'), 'utf8'));

let app;

before(async () => {
  app = await installPacked();
  cpSync(join(ROOT, 'examples/deno'), app.folder, { recursive: true });
});

after(() => app?.remove());

/** Runs the example, checked by Deno's own TypeScript and permitted to speak to the sandbox and nobody else. */
function deno(args, env) {
  const net = `--allow-net=${new URL(env.RESPOND_IO_BASE_URL).host}`;
  const flags = ['--check', '--quiet', '--no-lock', '--node-modules-dir=manual', '--no-prompt', ENV, net];
  const quiet = { cwd: app.folder, env: { ...process.env, ...env, NO_COLOR: '1' }, quiet: true };
  return run(DENO, ['run', ...flags, 'welcome.ts', ...args], quiet);
}

test('the Deno example welcomes a contact', async () => {
  await serveSeeded(0, async ({ env, sandbox }) => {
    const { code, stdout, output } = await deno(['aida@example.com', 'Aida'], env);
    assert.equal(code, 0, output);
    assert.equal(stdout, 'contact 1: Aida, newcomer\n');
    assert.deepEqual(
      sandbox.journal().map((entry) => entry.operation),
      ['createOrUpdateContact', 'addContactTags', 'createComment', 'getContact'],
    );
  });
});

test('the Deno example names the rule that an email breaks, and sends nothing', async () => {
  await serveSeeded(0, async ({ env, sandbox }) => {
    const { code, output } = await deno(['aida', 'Aida'], env);
    assert.equal(code, 1, output);
    assert.match(output, /^identifier breaks the rule identifier$/m);
    assert.deepEqual(sandbox.journal(), []);
  });
});
