import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { after, test } from 'node:test';
import express from 'express';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { createWebhookHandler } from 'respond-io-wasm/webhooks';
import { toNode } from '../../examples/express/adapter.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { COOKIE } from './attacked.mjs';
import { KEY, sign } from './deliveries.mjs';
import { asking, ORIGIN, scene, TOKEN } from './scene.mjs';

const TEXT = { message: { type: 'text', text: 'Hello, Zoë!' } };
const authorize = (request) => request.headers.get('cookie') === COOKIE;
const { sandbox, proxy } = await scene({ authorize, bodyTimeoutMs: 200 });

const plain = await listening(createServer(toNode(proxy, ORIGIN)));
const app = express();
app.use('/api/respond', toNode(proxy, ORIGIN));
const mounted = await listening(createServer(app));

async function listening(server) {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}/api/respond`;
}

for (const [name, url] of [
  ['node:http', plain],
  ['Express', mounted],
]) {
  const ask = (method, path, { body, headers, ...init } = {}) =>
    asking(fetch)(method, url + path, { body, headers: { cookie: COOKIE, ...headers }, ...init });

  test(`${name}: a page reads and writes`, async () => {
    sandbox.reset();
    sandbox.clearJournal();
    const found = await ask('GET', '/contact/id:1');
    assert.deepEqual([found.status, found.body.id], [200, 1]);
    assert.equal(found.headers.get('cache-control'), 'no-store');
    assert.equal((await ask('POST', '/contact/id:1/message', { body: TEXT })).status, 200);
    const [, sent] = sandbox.journal();
    assert.deepEqual(JSON.parse(sent.requestBody), TEXT);
    assert.equal((await ask('DELETE', '/contact/id:2')).text, '');
    assert.equal((await ask('GET', '/contact/id:1', { headers: { cookie: '' } })).status, 403);
    assert.equal((await ask('GET', '/contact/id:1', { headers: { origin: 'https://evil.example' } })).status, 403);
    assert.equal(sandbox.journal().length, 3);
  });

  test(`${name}: who sends too much is told so`, async () => {
    for (const bytes of [300_000, 3_000_000]) {
      const body = 'x'.repeat(bytes);
      assert.equal((await ask('POST', '/contact/id:1/message', { body })).status, 413);
      const stream = new Blob([body]).stream();
      assert.equal((await ask('POST', '/contact/id:1/message', { body: stream })).status, 413);
      assert.equal((await ask('POST', '/contact/id:1/message', { body, headers: { cookie: '' } })).status, 403);
    }
  });

  test(`${name}: who sends too slowly is told so`, async () => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{')) });
    assert.equal((await ask('POST', '/contact/id:1/message', { body })).status, 408);
  });

  test(`${name}: a page that hangs up ends the call`, async () => {
    sandbox.clearJournal();
    const fault = sandbox.faults.add({ kind: { type: 'delay', ms: 60_000 } });
    const signal = AbortSignal.timeout(100);
    await assert.rejects(ask('GET', '/contact/id:1', { signal }), { name: 'TimeoutError' });
    sandbox.faults.clear(fault);
    assert.equal((await ask('GET', '/contact/id:1')).status, 200);
    assert.equal(sandbox.journal().length, 2);
  });
}

test('a delivery that was refused unread leaves no connection behind on which the next one hangs', async () => {
  const on = { 'call.ended': () => {} };
  const webhook = await listening(createServer(toNode(createWebhookHandler({ keys: KEY, on }), ORIGIN)));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  after(() => agent.destroy());
  /** What answers a body over the one connection, or why nothing does. */
  const post = (body, signature) =>
    new Promise((resolve) => {
      const headers = { 'content-length': body.length, ...(signature && { 'x-webhook-signature': signature }) };
      const sent = request(webhook, { method: 'POST', agent, headers, timeout: 4_000 });
      sent.once('response', (response) => response.resume().once('end', () => resolve(response.statusCode)));
      sent.once('timeout', () => sent.destroy(new Error('nothing came')));
      sent.once('error', (error) => resolve(error.message));
      sent.end(body);
    });
  const genuine = JSON.stringify({ event_type: 'call.ended' });
  for (const bytes of [10, 1_000_000, 2_000_000, 6_000_000]) {
    for (const signature of [undefined, sign('another')]) {
      const refused = await post(Buffer.alloc(bytes), signature);
      assert.equal(refused, signature && bytes > 2 ** 20 ? 413 : 401, `${bytes} bytes`);
      // Where the connection was cut, whoever sends begins a new one.
      const next = await post(genuine, sign(genuine));
      const again = next === 200 ? next : await post(genuine, sign(genuine));
      assert.notEqual(next, 'nothing came', `after ${bytes} bytes`);
      assert.equal(again, 200, `after ${bytes} bytes`);
    }
  }
});

test('no target leads the adapter to another origin', async () => {
  for (const url of [
    '.evil.example/api/respond/contact/id:1',
    ':8443/api/respond/contact/id:1',
    '@evil.example/api/respond/contact/id:1',
    '//evil.example/api/respond/contact/id:1',
    '\\\\evil.example/api/respond/contact/id:1',
    'http://evil.example/api/respond/contact/id:1',
    '*',
    '',
    '?x',
    '#x',
  ]) {
    const asked = [];
    const answer = async (request) => {
      asked.push(new URL(request.url));
      return new Response();
    };
    const response = { once: () => response, writeHead: () => response, end: () => response };
    await toNode(answer, ORIGIN)({ url, method: 'GET', headersDistinct: {} }, response);
    assert.equal(asked.length, 1, url);
    assert.equal(asked[0].origin, ORIGIN, url);
    assert.notEqual(asked[0].pathname, '/api/respond/contact/id:1', url);
  }
});

test('the example lets pages reach their own contact, and no other', async () => {
  const service = await serveSandbox({ port: 0, tokens: [TOKEN], seed: { count: 2 } });
  const [own, other] = await Promise.all([1, 2].map(async (id) => (await emailOf(service, id)) ?? ''));
  const site = spawn(process.execPath, ['examples/express/server.mjs', '0'], {
    cwd: ROOT,
    env: { ...process.env, RESPOND_IO_TOKEN: TOKEN, RESPOND_IO_BASE_URL: `${service.url}/v2` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(site.stdout, 'data');
    const url = String(line).trim();
    const signIn = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: own }),
    };
    const cookie = (await fetch(`${url}/sign-in`, signIn)).headers.get('set-cookie').split(';')[0];
    const ask = (method, path, init) =>
      asking(fetch)(method, `${url}/api/respond${path}`, { headers: { cookie }, ...init });
    assert.equal((await ask('GET', `/contact/email:${own}`)).body.id, 1);
    assert.equal((await ask('POST', `/contact/email:${own}/message`, { body: TEXT })).status, 200);
    assert.equal((await ask('GET', `/contact/email:${other}`)).status, 403);
    assert.equal((await ask('GET', '/contact/id:1')).status, 403);
    assert.equal((await ask('GET', `/contact/email:${own}`, { headers: {} })).status, 403);
    const arrived = service.sandbox.journal().map(({ operation }) => operation);
    assert.deepEqual(arrived.slice(2), ['getContact', 'sendMessage']);
  } finally {
    site.kill();
    await service.close();
  }
});

async function emailOf({ url }, id) {
  const headers = { authorization: `Bearer ${TOKEN}` };
  return (await (await fetch(`${url}/v2/contact/id:${id}`, { headers })).json()).email;
}
