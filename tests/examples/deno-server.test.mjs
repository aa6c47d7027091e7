import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT } from '../../scripts/root.mjs';
import { freeAddress } from '../../scripts/sandbox-server.mjs';
import { installPacked } from '../packed/install.mjs';
import { deliver, received, serveWorkspace, testBot } from './bot.mjs';
import { startServer } from './server.mjs';

const DENO = join(ROOT, 'node_modules/.bin/deno');

let app;

before(async () => {
  app = await installPacked();
  cpSync(join(ROOT, 'examples/deno-server'), app.folder, { recursive: true });
});

after(() => app?.remove());

testBot('the bot on Deno', serve);

test('the bot on Deno that is told to end sends the reply that is under way first', async () => {
  const { env, sandbox, close } = await serveWorkspace(1);
  try {
    const { url, stop } = await serve(env);
    sandbox.faults.add({ operation: 'addContactTags', kind: { type: 'delay', ms: 500 } });
    assert.equal(await deliver(url, received(1)), 200);
    assert.equal(await stop('SIGTERM'), 0);
    assert.deepEqual(
      sandbox.journal().map(({ operation }) => operation),
      ['addContactTags', 'sendMessage'],
    );
  } finally {
    await close();
  }
});

async function serve(env) {
  const address = await freeAddress();
  // What the example's README permits, with the sandbox in the place of the service.
  const permissions = [
    '--allow-env=RESPOND_IO_TOKEN,RESPOND_IO_SIGNING_KEY,RESPOND_IO_BASE_URL,PORT',
    `--allow-net=${address},${new URL(env.RESPOND_IO_BASE_URL).host}`,
  ];
  const flags = ['--check', '--no-prompt', '--no-lock', '--node-modules-dir=manual', ...permissions];
  const options = { cwd: app.folder, env: { ...env, PORT: new URL(`http://${address}`).port, NO_COLOR: '1' } };
  const server = await startServer(DENO, ['run', ...flags, 'server.ts'], options);
  return { ...server, url: `http://${address}/` };
}
