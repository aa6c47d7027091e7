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

test('the telemetry example makes a span of every try', async () => {
  await serveSeeded(3, async ({ env, sandbox }) => {
    sandbox.faults.add({ operation: 'getContact', count: 1, kind: { type: 'status', status: 503 } });
    sandbox.faults.add({ operation: 'getContact', count: 1, kind: { type: 'reset_before' } });
    const { code, stdout, output } = await runExample(process.execPath, ['examples/node/telemetry.mjs'], env);
    assert.equal(code, 0, output);
    const spans = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [first, ...rest] = spans;
    assert.deepEqual(
      { ...first, durationMs: 0 },
      {
        name: 'GET listContacts',
        'respond_io.operation': 'listContacts',
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        isError: false,
        durationMs: 0,
      },
    );
    const seen = rest.map((span) => [span.name, span['http.response.status_code'], span['http.request.resend_count']]);
    assert.deepEqual(seen.map(String).sort(), [
      'GET getContact,,',
      'GET getContact,200,',
      'GET getContact,200,1',
      'GET getContact,200,1',
      'GET getContact,503,',
    ]);
    assert.equal(spans.filter(({ isError }) => isError).length, 2);
    assert.ok(spans.every(({ durationMs }) => durationMs >= 0 && durationMs < 10_000));
    assert.equal(sandbox.journal().length, spans.length);
    assert.ok(!stdout.includes('sandbox'), 'no span has the token');
  });
});
