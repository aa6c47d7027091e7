// What must end at once, and what must not be sent any more.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { RateLimitError, RespondIO, ValidationError } from 'respond-io-wasm';
import { json, scripted } from './scripted.mjs';

const HELLO = { message: { type: 'text', text: 'Hello!' } };
const limited = (seconds) => json({}, { status: 429, headers: { 'retry-after': seconds } });

for (const seconds of ['1730000000', '9'.repeat(400), '61']) {
  test(`a Retry-After of ${seconds.slice(0, 12)} s stops no other call for good`, async () => {
    const { client, requests } = scripted([limited(seconds)]);
    for (const sent of [1, 1]) {
      const error = await client.contacts.get('id:1').catch((error) => error);
      assert.ok(error instanceof RateLimitError, error.stack);
      assert.ok(error.retryAfter > 60 && Number.isFinite(error.retryAfter), error.retryAfter);
      assert.equal(requests.length, sent);
    }
  });
}

test('nothing is sent after the total time, however late a timer is', async () => {
  // The hook holds the event loop, as a busy page would.
  const onRetry = () => {
    for (const start = performance.now(); performance.now() - start < 250; );
  };
  const { client, requests } = scripted([limited('0'), json({ messageId: 1 })], { totalTimeout: 200, onRetry });
  const error = await client.messaging.send('id:1', HELLO).catch((error) => error);
  assert.deepEqual([error.outcome, requests.length], ['rejected', 1], error.stack);
});

test('what a fetch throws that stands in the place of the own one proves nothing', async () => {
  const own = globalThis.fetch;
  let calls = 0;
  globalThis.fetch = async () => {
    calls += 1;
    throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
  };
  try {
    const client = new RespondIO({ apiToken: 'token', baseUrl: 'http://127.0.0.1:1' });
    const error = await client.messaging.send('id:1', HELLO).catch((error) => error);
    assert.deepEqual([error.outcome, calls], ['unknown', 1]);
  } finally {
    globalThis.fetch = own;
  }
});

test('nor does another entry that is loaded then take it for the own one', async () => {
  const own = globalThis.fetch;
  globalThis.fetch = async () => {
    throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED', syscall: 'connect' } });
  };
  try {
    const live = await import('respond-io-wasm/live');
    for (const { RespondIO: Client } of [live, { RespondIO }]) {
      const client = new Client({ apiToken: 'token', baseUrl: 'http://127.0.0.1:1' });
      const error = await client.messaging.send('id:1', HELLO).catch((error) => error);
      assert.equal(error.outcome, 'unknown', error.stack);
    }
  } finally {
    globalThis.fetch = own;
  }
});

test('a network error in the form of a response is no refusal', async () => {
  const { client } = scripted([Response.error()]);
  await assert.rejects(client.messaging.send('id:1', HELLO), { name: 'ConnectionError', outcome: 'unknown' });
});

test('a long string of quotes is looked through in no time', async () => {
  const body = `"${'\\"'.repeat(32_000)}`;
  const { client } = scripted([new Response(body, { status: 400 })]);
  const start = performance.now();
  await assert.rejects(client.contacts.get('id:1'), { name: 'BadRequestError', body });
  assert.ok(performance.now() - start < 1000, 'it took a second, where a walk over 64 KiB takes a millisecond');
});

test('options of another kind are refused', () => {
  for (const [name, value] of [
    ['dangerouslyAllowBrowser', 'false'],
    ['retryUnsafe', 1],
    ['rateLimit', 0],
    ['rateLimit', null],
    ['headers', null],
    ['headers', { 'content-length': '1' }],
    ['headers', { Host: 'example.com' }],
  ]) {
    assert.throws(() => new RespondIO({ apiToken: 'token', [name]: value }), ValidationError, `${name} ${value}`);
  }
});

test('a key that gives no name is a mistake of the caller, before anything is sent', async () => {
  const throws = () => {
    throw new Error('no name');
  };
  for (const key of [() => 7, throws]) {
    const { client, requests } = scripted([json({})], { rateLimit: { key } });
    await assert.rejects(client.contacts.get('id:1'), { name: 'ValidationError', path: 'rateLimit.key' });
    assert.equal(requests.length, 0);
  }
});

test('what nobody needs of an answer is read, so that the connection lives on', async () => {
  const connections = new Set();
  const server = createServer((request, response) => {
    connections.add(request.socket);
    response.writeHead(200).write('{');
    // Behind the headers, so that the client has its answer before.
    setTimeout(() => response.end('}'), 5);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const baseUrl = `http://127.0.0.1:${server.address().port}`;
    const client = new RespondIO({ apiToken: 'token', baseUrl, rateLimit: false });
    for (let id = 1; id <= 10; id++) {
      await client.tags.delete(id);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.ok(connections.size <= 2, `${connections.size} connections for 10 calls`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a body that nobody needs and that does not end is given up', async () => {
  let hasClosed;
  const closed = new Promise((resolve) => {
    hasClosed = resolve;
  });
  const server = createServer((_request, response) => {
    response.writeHead(200);
    const dribble = setInterval(() => response.write(' '), 100);
    response.on('close', () => {
      clearInterval(dribble);
      hasClosed();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const baseUrl = `http://127.0.0.1:${server.address().port}`;
    await new RespondIO({ apiToken: 'token', baseUrl, stallTimeout: 0 }).tags.delete(1);
    await closed;
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
