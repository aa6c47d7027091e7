// The sandbox as JavaScript meets it: in-process and over HTTP. What it does is tested in Rust, sandbox/tests.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { RespondIO } from 'respond-io-wasm';
import { RespondIO as LiveClient } from 'respond-io-wasm/live';
import { createSandbox, SandboxError } from 'respond-io-wasm/sandbox';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';

const AUTHORIZED = { headers: { authorization: 'Bearer sandbox' } };
const LIST = 'https://any.example/v2/contact/list';

describe('in-process', () => {
  test('fetch takes a text, a URL and a Request, unbound', async () => {
    const { fetch } = await createSandbox({ seed: { count: 2 } });
    for (const input of [LIST, new URL(LIST), new Request(LIST, AUTHORIZED)]) {
      const response = await fetch(input, input instanceof Request ? undefined : AUTHORIZED);
      assert.equal(response.status, 200);
      assert.equal((await response.json()).items.length, 2);
      assert.equal(response.headers.get('x-ratelimit-limit'), '5');
    }
  });

  test('the limit holds for each method, and says when to come again', async () => {
    const { fetch, clock } = await createSandbox({ freezeAt: 1_700_000_000_000 });
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await fetch(LIST, AUTHORIZED)).status);
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
    const limited = await fetch(LIST, AUTHORIZED);
    assert.equal(limited.headers.get('retry-after'), '1');
    assert.deepEqual(Object.keys(await limited.json()).sort(), ['message', 'status']);
    clock.advance(1000);
    assert.equal((await fetch(LIST, AUTHORIZED)).status, 200);
  });

  test('a message goes from queued to read on the clock', async () => {
    const sandbox = await createSandbox({ freezeAt: 1_700_000_000_000, rateLimit: false });
    const client = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch });
    await client.contacts.create({ firstName: 'Aida' });
    sandbox.receive({ id: 1 }, { type: 'text', text: 'Hello' });
    const { messageId, status } = await client.messaging.send('id:1', { message: { type: 'text', text: 'Hi' } });
    const seen = [status];
    for (let i = 0; i < 3; i++) {
      sandbox.clock.advance([300, 1000, 3000][i]);
      seen.push((await client.messaging.get('id:1', messageId)).status);
    }
    assert.deepEqual(seen, ['queued', 'sent', 'delivered', 'read']);
  });

  test('a snapshot is put back, and a reset is a new beginning', async () => {
    const sandbox = await createSandbox({ rateLimit: false });
    const client = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch });
    sandbox.seed(20, 7);
    const snapshot = JSON.parse(JSON.stringify(sandbox.snapshot()));
    const before = (await client.contacts.list({ limit: 100 })).items;
    await client.contacts.delete('id:3');
    await client.contacts.update('id:4', { firstName: 'Changed' });
    sandbox.restore(snapshot);
    assert.deepEqual((await client.contacts.list({ limit: 100 })).items, before);
    sandbox.reset();
    assert.deepEqual((await client.contacts.list()).items, []);
    assert.throws(() => sandbox.restore({ version: 1 }), SandboxError);
  });

  test('the same number makes the same contacts', async () => {
    const texts = [];
    for (const seed of [5, 5, 6]) {
      const sandbox = await createSandbox({ freezeAt: 1_700_000_000_000, seed: { count: 50, seed } });
      const response = await sandbox.fetch(`${LIST}?limit=50`, AUTHORIZED);
      texts.push(await response.text());
    }
    assert.equal(texts[0], texts[1]);
    assert.notEqual(texts[0], texts[2]);
  });

  test('faults do what they say, and the journal says whether the handler acted', async () => {
    const sandbox = await createSandbox({ rateLimit: false, seed: { count: 1 } });
    const client = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch, maxRetries: 0, timeout: 50 });
    const outcomes = [];
    const kinds = [
      { type: 'status', status: 503, message: 'later' },
      { type: 'reset_before' },
      { type: 'reset_after' },
      { type: 'truncate' },
      { type: 'garble' },
      { type: 'stall' },
      { type: 'delay', ms: 500 },
    ];
    for (const kind of kinds) {
      sandbox.faults.add({ operation: 'getContact', count: 1, kind });
      const outcome = await client.contacts.get('id:1').catch((error) => error);
      const { acted, fault } = sandbox.journal().at(-1);
      outcomes.push([kind.type, outcome.name, acted, fault]);
    }
    assert.deepEqual(outcomes, [
      ['status', 'ServerError', false, 'status'],
      ['reset_before', 'ConnectionError', false, 'reset_before'],
      ['reset_after', 'ConnectionError', true, 'reset_after'],
      ['truncate', 'DecodeError', true, 'truncate'],
      ['garble', 'DecodeError', true, 'garble'],
      ['stall', 'TimeoutError', true, 'stall'],
      ['delay', 'TimeoutError', true, 'delay'],
    ]);
    assert.equal((await client.contacts.get('id:1')).id, 1);
  });

  test('the journal holds no token', async () => {
    const sandbox = await createSandbox({ tokens: ['very-secret'] });
    const client = new RespondIO({ apiToken: 'very-secret', fetch: sandbox.fetch });
    await client.tags.create({ name: 'vip' });
    const [entry] = sandbox.journal();
    assert.deepEqual([entry.operation, entry.method, entry.url, entry.status], ['createTag', 'POST', '/v2/tag', 200]);
    assert.ok(!JSON.stringify(sandbox.journal()).includes('very-secret'));
  });

  test('a merged contact keeps an open conversation of either', async () => {
    const sandbox = await createSandbox({ rateLimit: false });
    const client = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch });
    for (const id of [1, 2]) {
      await client.contacts.create({});
      sandbox.receive({ id }, { type: 'text', text: 'Hello' });
    }
    await client.conversations.updateStatus('id:1', { status: 'close' });
    await client.contacts.merge({ primaryContactId: 1, secondaryContactId: 2 });
    assert.equal(sandbox.snapshot().contacts[0].conversation.open, true);
  });

  test('numbers beyond 2^53 in a template come back as numbers of JavaScript', async () => {
    const sandbox = await createSandbox({ rateLimit: false });
    const client = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch });
    await client.contacts.create({});
    const content = {
      type: 'whatsapp_template',
      template: { ref: 1e17, parts: [{ most: 2 ** 64, least: -1e18 }, 0.5] },
    };
    const { messageId } = await client.messaging.send('id:1', { channelId: 1, message: content });
    // A bigint is the one way for an integer beyond 2^53 to come in without having been rounded.
    const received = sandbox.receive('id:1', { type: 'whatsapp_template', template: { ref: 2n ** 53n + 1n } });
    assert.equal(received.message.template.ref, 2 ** 53);

    const snapshot = JSON.parse(JSON.stringify(sandbox.snapshot()));
    const templates = snapshot.contacts[0].messages.map((message) => message.content.template);
    assert.deepEqual(templates, [content.template, { ref: 2 ** 53 }]);
    sandbox.restore(snapshot);
    assert.deepEqual(sandbox.snapshot(), snapshot);
    assert.deepEqual((await client.messaging.get('id:1', messageId)).message, content);
  });

  test('the browser entry fetches its module once, and again only where that failed', async (context) => {
    const { createSandbox } = await import('../../pkg/sandbox.browser.js');
    const wasm = new URL('../../pkg/sandbox.wasm', import.meta.url);
    const fetched = [];
    context.mock.method(globalThis, 'fetch', async (url) => {
      if (fetched.push(String(url)) === 1) throw new TypeError('offline');
      return new Response(await readFile(wasm), { headers: { 'content-type': 'application/wasm' } });
    });
    await assert.rejects(createSandbox(), /offline/);
    const [one, two] = await Promise.all([createSandbox({ seed: { count: 1 } }), createSandbox()]);
    await createSandbox();
    assert.deepEqual(fetched, [wasm.href, wasm.href]);
    assert.deepEqual([one.snapshot().contacts.length, two.snapshot().contacts.length], [1, 0]);
  });

  test('wrong commands are refused with what would be right', async () => {
    const sandbox = await createSandbox();
    const wrong = [
      () => sandbox.seed(-1),
      () => sandbox.faults.add({ kind: { type: 'status', status: 200 } }),
      () => sandbox.faults.add({ operation: 'noSuchOperation', kind: { type: 'stall' } }),
      () => sandbox.receive('id:1', { type: 'text', text: 'x' }),
      () => sandbox.receive('1', { type: 'text', text: 'x' }),
      () => sandbox.control({ command: 'explode' }),
      () => sandbox.configure({ rateLimit: { limit: 0, windowMs: 1000 } }),
    ];
    for (const call of wrong) assert.throws(call, SandboxError, String(call));
    await assert.rejects(createSandbox({ seeds: 1 }), SandboxError);
  });

  test('a signal ends a delay', async () => {
    const sandbox = await createSandbox();
    sandbox.faults.add({ kind: { type: 'delay', ms: 60_000 } });
    const reason = new Error('enough');
    const signal = AbortSignal.any([AbortSignal.timeout(10)]);
    await assert.rejects(sandbox.fetch(LIST, { ...AUTHORIZED, signal }), { name: 'TimeoutError' });
    await assert.rejects(sandbox.fetch(LIST, { ...AUTHORIZED, signal: AbortSignal.abort(reason) }), reason);
  });
});

describe('over HTTP', () => {
  let server;
  before(async () => {
    server = await serveSandbox({ port: 0, rateLimit: false, seed: { count: 3 } });
  });
  after(() => server.close());

  const control = (command, headers = { 'content-type': 'application/json' }) =>
    fetch(`${server.url}/_sandbox/control`, { method: 'POST', headers, body: JSON.stringify(command) });

  test('a page of any origin may ask, and may read the rate headers', async () => {
    const preflight = await fetch(`${server.url}/v2/contact/id:1`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-headers': 'authorization' },
    });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-methods'), /DELETE/);
    const response = await fetch(`${server.url}/v2/contact/id:1`, AUTHORIZED);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    for (const name of ['Retry-After', 'X-RateLimit-Limit', 'X-RateLimit-Remaining']) {
      assert.ok(response.headers.get('access-control-expose-headers').includes(name));
    }
  });

  test('pages of other origins may neither send commands nor ask whether they may', async () => {
    const allowed = 'http://127.0.0.1:8080';
    const guarded = await serveSandbox({ port: 0, controlOrigin: allowed });
    const send = async (url, method, origin) => {
      const headers = { origin, 'content-type': 'application/json', 'access-control-request-headers': 'content-type' };
      const body = method === 'POST' ? '{"command":"clock.now"}' : undefined;
      const response = await fetch(`${url}/_sandbox/control`, { method, headers, body });
      const cors = [...response.headers.keys()].filter((name) => name.startsWith('access-control-'));
      return {
        status: response.status,
        origin: response.headers.get('access-control-allow-origin'),
        cors: cors.length,
      };
    };
    try {
      const foreign = [
        [server.url, allowed],
        [server.url, server.url],
        [guarded.url, 'https://evil.example'],
        [guarded.url, 'http://127.0.0.1:80800'],
        [guarded.url, 'null'],
      ];
      for (const [url, origin] of foreign) {
        for (const method of ['OPTIONS', 'POST']) {
          assert.deepEqual(
            await send(url, method, origin),
            { status: 403, origin: null, cors: 0 },
            `${method} ${origin}`,
          );
        }
      }
      assert.deepEqual(await send(guarded.url, 'OPTIONS', allowed), { status: 204, origin: allowed, cors: 4 });
      assert.deepEqual(await send(guarded.url, 'POST', allowed), { status: 200, origin: allowed, cors: 1 });
    } finally {
      await guarded.close();
    }
  });

  test('an origin that no page could have is refused', async () => {
    for (const controlOrigin of ['*', 'null', '127.0.0.1:8080', 'http://127.0.0.1:8080/', 'HTTP://a.example']) {
      await assert.rejects(serveSandbox({ port: 0, controlOrigin }), SandboxError, controlOrigin);
    }
  });

  test('a body beyond 1 MiB is a 413, and the server goes on', async () => {
    const response = await fetch(`${server.url}/v2/tag`, { method: 'POST', body: 'x'.repeat(2 ** 21), ...AUTHORIZED });
    assert.equal(response.status, 413);
    assert.equal((await fetch(`${server.url}/v2/contact/id:1`, AUTHORIZED)).status, 200);
  });

  test('commands are JSON, by POST, with their type', async () => {
    assert.equal(await (await control({ command: 'seed', count: 2 })).json(), 2);
    assert.equal((await control({ command: 'seed', count: 2 }, { 'content-type': 'text/plain' })).status, 415);
    assert.equal((await control({ command: 'explode' })).status, 400);
    assert.equal((await fetch(`${server.url}/_sandbox/control`)).status, 405);
  });

  test('a reset is a reset of the connection, and a stall a body that never ends', async () => {
    const client = new RespondIO({ apiToken: 'sandbox', baseUrl: `${server.url}/v2`, maxRetries: 0, timeout: 200 });
    server.sandbox.faults.add({ count: 1, kind: { type: 'reset_after' } });
    const error = await client.contacts.update('id:1', { firstName: 'Reset' }).catch((error) => error);
    assert.equal(error.name, 'ConnectionError');
    assert.equal(error.cause.cause.code, 'ECONNRESET');
    assert.equal((await client.contacts.get('id:1')).firstName, 'Reset');
    server.sandbox.faults.add({ count: 1, kind: { type: 'stall' } });
    await assert.rejects(client.contacts.get('id:1'), { name: 'TimeoutError' });
  });
});

describe('the command line', () => {
  const bin = fileURLToPath(new URL('../../pkg/sandbox-bin.js', import.meta.url));
  const start = (...args) => spawn(process.execPath, [bin, ...args]);

  test('it serves until it is told to end', async () => {
    const child = start('--port', '0', '--seed', '4', '--token', 'abc', '--no-rate-limit');
    let output = '';
    for await (const chunk of child.stdout) {
      output += chunk;
      if (/curl/.test(output)) break;
    }
    const [url] = output.match(/http:\/\/127\.0\.0\.1:\d+/);
    const client = new RespondIO({ apiToken: 'abc', baseUrl: `${url}/v2` });
    assert.equal((await client.contacts.list()).items.length, 4);
    const vendor = new LiveClient({ apiToken: 'abc', baseUrl: `${url}/live/v2` });
    assert.equal((await vendor.contacts.list({ timezone: 'UTC', filter: {} })).items.length, 4);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
  });

  test('wrong arguments end it with 2 and the usage', async () => {
    for (const args of [
      ['--port', 'x'],
      ['--prot', '1'],
      ['--token', ''],
      ['--surface', 'vendor'],
    ]) {
      const child = start(...args);
      let errors = '';
      child.stderr.on('data', (chunk) => {
        errors += chunk;
      });
      const [code] = await once(child, 'close');
      assert.equal(code, 2, args.join(' '));
      assert.match(errors, /--port <number>/);
    }
  });
});
