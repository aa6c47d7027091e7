import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { runExample, serveSeeded } from './support.mjs';

test('the Node example writes every contact as a line of CSV', async () => {
  await serveSeeded(250, async ({ env, sandbox }) => {
    const { code, stdout } = await runExample(process.execPath, ['examples/node/export.mjs'], env);
    assert.equal(code, 0);
    const lines = stdout.trimEnd().split('\n');
    assert.equal(lines.length, 251);
    assert.equal(lines[0], 'id,firstName,lastName,email,phone');
    assert.match(lines[1], /^1,[^,]+,[^,]+,[^,]+@[^,]+,\+?\d+$/);
    assert.ok(lines[250].startsWith('250,'));
    assert.deepEqual(
      sandbox.journal().map((entry) => entry.operation),
      ['listContacts', 'listContacts', 'listContacts'],
    );
  });
});

test('the Node example says that a token is refused', async () => {
  const server = await serveSandbox({ port: 0, tokens: ['another'] });
  try {
    const env = { RESPOND_IO_TOKEN: 'sandbox', RESPOND_IO_BASE_URL: `${server.url}/v2` };
    const { code, output } = await runExample(process.execPath, ['examples/node/export.mjs'], env);
    assert.equal(code, 1);
    assert.match(output, /The token was refused/);
  } finally {
    await server.close();
  }
});
