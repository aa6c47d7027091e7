import assert from 'node:assert/strict';
import { EventEmitter, getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import * as library from 'respond-io-wasm';
import { RespondIO } from 'respond-io-wasm';
import { hanging, json, scripted } from './scripted.mjs';

test('a call that takes too long ends with a TimeoutError', async () => {
  const { client } = scripted([hanging], { maxRetries: 0, timeout: 20 });
  await assert.rejects(client.contacts.get('id:1'), { name: 'TimeoutError', attempts: 1, operation: 'getContact' });
});

test('a body that stalls ends with a TimeoutError', async () => {
  const stalled = ({ signal }) =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"id":'));
          signal.addEventListener('abort', () => controller.error(new Error('aborted')));
        },
      }),
    );
  const { client } = scripted([stalled], { maxRetries: 0, timeout: 20 });
  await assert.rejects(client.contacts.get('id:1'), { name: 'TimeoutError' });
});

const never = () => new Promise(() => {});

/** A signal that aborts soon; unlike AbortSignal.timeout it keeps the process until then. */
function soon() {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  return controller.signal;
}

test('what heeds no signal is not waited for', async () => {
  const stalledBody = () => new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array([123])) }));
  for (const [name, fetch, apiToken] of [
    ['fetch', never, 'token'],
    ['the body', stalledBody, 'token'],
    ['the token', () => json({}), never],
  ]) {
    const timed = new RespondIO({ apiToken, fetch, timeout: 20, maxRetries: 0 });
    await assert.rejects(timed.contacts.get('id:1'), { name: 'TimeoutError' }, name);
    const aborted = new RespondIO({ apiToken, fetch, timeout: 0 });
    const call = aborted.contacts.get('id:1', { signal: soon() });
    await assert.rejects(call, { name: 'AbortError' }, name);
  }
});

test('an error whose body stalls is still that error, without a guess at its reason', async () => {
  const stalled = () =>
    new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array([123])) }), { status: 404 });
  const { client } = scripted([stalled, stalled], { maxRetries: 0, timeout: 20 });
  await assert.rejects(client.contacts.get('id:1'), (error) => {
    return error.name === 'NotFoundError' && error.body === undefined && !/surface/.test(error.message);
  });
  const call = client.contacts.get('id:1', { timeout: 0, signal: soon() });
  await assert.rejects(call, { name: 'AbortError' });
});

test('an operation without a response schema does not wait for the body', async () => {
  const stalled = () => new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array([123])) }));
  const { client } = scripted([stalled], { timeout: 0 });
  assert.equal(await client.comments.create('id:1', { text: 'x' }), undefined);
});

test('a time of 0 is no bound', async () => {
  const { client } = scripted([() => new Promise((resolve) => setTimeout(resolve, 30, json({ id: 1 })))], {
    timeout: 0,
  });
  assert.deepEqual(await client.contacts.get('id:1'), { id: 1 });
});

test('a signal aborts before, during and between the tries', async () => {
  const reason = new Error('the user left');
  const before = scripted([]);
  await assert.rejects(before.client.contacts.get('id:1', { signal: AbortSignal.abort(reason) }), {
    name: 'AbortError',
    cause: reason,
    attempts: 0,
  });
  assert.equal(before.requests.length, 0);

  const during = new AbortController();
  const { client } = scripted([hanging]);
  const call = client.contacts.get('id:1', { signal: during.signal });
  setTimeout(() => during.abort(reason), 10);
  await assert.rejects(call, { name: 'AbortError', cause: reason, attempts: 1 });

  const atOnce = new AbortController();
  const unsent = scripted([]);
  const aborted = unsent.client.contacts.get('id:1', { signal: atOnce.signal });
  atOnce.abort(reason);
  await assert.rejects(aborted, { name: 'AbortError', cause: reason, attempts: 0 });
  assert.equal(unsent.requests.length, 0);

  const between = new AbortController();
  const limited = scripted([new Response('', { status: 429, headers: { 'retry-after': '50' } })]);
  const waiting = limited.client.contacts.get('id:1', { signal: between.signal });
  setTimeout(() => between.abort(reason), 10);
  await assert.rejects(waiting, { name: 'AbortError', cause: reason, attempts: 1 });
});

test('a call leaves no listener on its signal', async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args) => {
    listeners += 1;
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args) => {
    listeners -= 1;
    removeEventListener.apply(signal, args);
  };
  const { client } = scripted([new Response('', { status: 429, headers: { 'retry-after': '0' } }), json({})]);
  await client.contacts.get('id:1', { signal });
  assert.equal(listeners, 0);
});

test('calls that share a signal have one listener on it, and all end with it', async () => {
  const controller = new AbortController();
  const waiting = [];
  for (const rateLimit of [false, { limit: 1, windowMs: 60_000 }]) {
    const { client } = scripted(Array(20).fill(hanging), { rateLimit });
    for (let i = 0; i < 20; i++) waiting.push(client.contacts.get('id:1', { signal: controller.signal }));
  }
  const ended = Promise.allSettled(waiting);
  await sleep(50);
  assert.equal(getEventListeners(controller.signal, 'abort').length, 1);
  controller.abort();
  assert.deepEqual(
    (await ended).map(({ reason }) => reason?.name),
    waiting.map(() => 'AbortError'),
  );
  assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
});

test('a body that was read already turns no error into another, and no success into one', async () => {
  const used = async (status) => {
    const response = new Response('{"message":"no"}', { status });
    await response.text();
    return response;
  };
  const refused = scripted([() => used(400)]);
  await assert.rejects(refused.client.messaging.send('id:1', { message: { type: 'text', text: 'hello' } }), {
    name: 'BadRequestError',
    outcome: 'rejected',
  });
  const missing = scripted([() => used(404)]);
  await assert.rejects(missing.client.contacts.get('id:1'), { name: 'NotFoundError', attempts: 1 });
  const done = scripted([() => used(200)]);
  assert.equal(await done.client.tags.delete(1), undefined);
  assert.equal(done.requests.length, 1);
});

test('the last moment of totalTimeout ends a call, however coarse the clock is', async (t) => {
  let time = 6.4;
  t.mock.method(performance, 'now', () => time);
  const busy = new Response('', { status: 503, headers: { 'retry-after': '0' } });
  const onRetry = () => {
    time = 256.4;
  };
  const { client, requests } = scripted([busy, () => new Promise(() => {})], { onRetry });
  const call = client.contacts.get('id:1', { totalTimeout: 250, timeout: 100 });
  await assert.rejects(call, { name: 'TimeoutError', message: /took longer than 250 ms in all/ });
  assert.equal(requests.length, 2);
});

test('a body is cancelled where its call was aborted just before it is read', async () => {
  const controller = new AbortController();
  let cancelled;
  const gone = new Promise((resolve) => {
    cancelled = resolve;
  });
  let pulls = 0;
  const pull = (it) => {
    pulls += 1;
    it.enqueue(new Uint8Array(10));
  };
  const body = new ReadableStream({ pull, cancel: cancelled });
  const onRateLimit = () => controller.abort();
  const limited = new Response(body, { status: 429, headers: { 'retry-after': '1' } });
  const { client } = scripted([limited], { onRateLimit, rateLimit: { limit: 5 } });
  await assert.rejects(client.contacts.get('id:1', { signal: controller.signal }), { name: 'AbortError' });
  await gone;
  // Beyond 64 KiB it is cancelled in any case.
  assert.ok(pulls < 100, `${pulls} parts were read`);
});

test('a reader that cannot be cancelled changes nothing', async () => {
  const reader = {
    read: () => new Promise(() => {}),
    cancel: () => {
      throw new Error('it cannot be cancelled');
    },
  };
  const answer = { ok: true, status: 200, type: 'basic', headers: new Headers(), body: { getReader: () => reader } };
  const { client } = scripted([answer, hanging], { maxRetries: 0, timeout: 0 });
  const controller = new AbortController();
  const { signal } = controller;
  const calls = [client.contacts.get('id:1', { signal }), client.contacts.get('id:2', { signal })];
  const ended = Promise.allSettled(calls);
  await sleep(20);
  controller.abort();
  for (const { reason } of await ended) assert.equal(reason.name, 'AbortError');
});

test('a signal need be no more than a target of events, and a body no stream', async () => {
  const signal = Object.assign(new EventEmitter(), { aborted: false });
  signal.addEventListener = signal.on;
  signal.removeEventListener = signal.off;
  const answer = {
    ok: true,
    status: 200,
    type: 'basic',
    headers: new Headers(),
    arrayBuffer: () => new Promise(() => {}),
  };
  const { client } = scripted([json({ id: 1 }), answer], { maxRetries: 0, timeout: 20 });
  assert.deepEqual(await client.contacts.get('id:1', { signal }), { id: 1 });
  assert.equal(signal.listenerCount('abort'), 0);
  await assert.rejects(client.contacts.get('id:1'), { name: 'TimeoutError', outcome: 'applied' });
});

test('withResponse gives the raw response too', async () => {
  const { client } = scripted([json({ id: 1 }, { headers: { 'x-request-id': 'r1' } })]);
  const { data, response } = await client.contacts.get('id:1').withResponse();
  assert.deepEqual(data, { id: 1 });
  assert.equal(response.headers.get('x-request-id'), 'r1');
});

test('operations without a response schema resolve to undefined, whatever the body is', async () => {
  const bodies = ['', '{"id":1}', 'not json', '{"id":', new Uint8Array([0xff])];
  const { client } = scripted(bodies.map((body) => new Response(body)));
  for (const _ of bodies) assert.equal(await client.contacts.delete('id:1'), undefined);
});

test('redirects are not followed', async () => {
  const seen = [];
  const server = createServer((request, response) => {
    seen.push(request.url);
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new RespondIO({ apiToken: 'token', baseUrl: `http://127.0.0.1:${server.address().port}` });
  await assert.rejects(client.contacts.get('id:1'), { name: 'StatusError' });
  server.close();
  assert.deepEqual(seen, ['/contact/id:1']);
});

test('fetch is called unbound', async () => {
  let self = 'unset';
  const client = new RespondIO({
    apiToken: 'token',
    async fetch() {
      self = this;
      return json({});
    },
  });
  await client.contacts.get('id:1');
  assert.equal(self, undefined);
});

test('a mismatch is handed over and logged once', async () => {
  const { client } = scripted([json({ id: 'x' }), json({ id: 'x' }), json({ tags: 1 })], {
    responseValidation: 'warn',
  });
  const logged = [];
  const { warn } = console;
  console.warn = (text) => logged.push(text);
  try {
    for (let i = 0; i < 2; i++) assert.deepEqual(await client.contacts.get('id:1'), { id: 'x' });
    await client.contacts.get('id:1');
  } finally {
    console.warn = warn;
  }
  const { client: pages } = scripted(
    [0, 1].map((at) => json({ items: [{ id: at ? 1 : 'x' }, { id: at ? 'x' : 1 }] })),
    { responseValidation: 'warn' },
  );
  console.warn = (text) => logged.push(text);
  await pages.contacts.list();
  await pages.contacts.list();
  console.warn = warn;
  assert.equal(logged.length, 3);
  assert.match(logged[0], /getContact.* id must be an integer/);
  assert.match(logged[1], /tags must be an array/);
});

test('a body beyond maxResponseBytes is a DecodeError and is not read to its end', async () => {
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(1000).fill(32));
    },
  });
  const { client } = scripted([new Response(endless)], { maxResponseBytes: 5000 });
  await assert.rejects(client.contacts.get('id:1'), { name: 'DecodeError', rule: 'too_large', statusCode: 200 });
  assert.ok(pulled < 10);
});

test('errors say what happened', async () => {
  const { client } = scripted([json({ message: 'Contact not found', status: 404 }, { status: 404 })]);
  await assert.rejects(client.contacts.get('id:1'), (error) => {
    assert.ok(
      error instanceof library.NotFoundError && error instanceof library.RespondIOError && error instanceof Error,
    );
    const { name, operation, statusCode, serverMessage, body, attempts } = error;
    assert.deepEqual(
      { name, operation, statusCode, serverMessage, body, attempts },
      {
        name: 'NotFoundError',
        operation: 'getContact',
        statusCode: 404,
        serverMessage: 'Contact not found',
        body: { message: 'Contact not found', status: 404 },
        attempts: 1,
      },
    );
    assert.equal(error.message, 'getContact was answered with 404: Contact not found');
    return true;
  });
});

test('of a large error its first 64 KiB are kept', async () => {
  const { client } = scripted([new Response('x'.repeat(10 ** 6), { status: 400 })]);
  await assert.rejects(client.contacts.get('id:1'), (error) => {
    return error.name === 'BadRequestError' && error.body === 'x'.repeat(2 ** 16);
  });
});

test('a route that the service lacks says which entry speaks to live accounts', async () => {
  const missing = () => json({ message: 'Cannot GET /v2/contact/id:1' }, { status: 404 });
  const { client } = scripted([
    missing,
    () => new Response('', { status: 405 }),
    () => json({ message: 'Contact not found' }, { status: 404 }),
  ]);
  await assert.rejects(client.contacts.get('id:1'), /import respond-io-wasm\/live/);
  await assert.rejects(client.contacts.get('id:1'), /import respond-io-wasm\/live/);
  await assert.rejects(client.contacts.get('id:1'), (error) => !/import respond-io-wasm\/live/.test(error.message));
  const elsewhere = scripted([missing], { baseUrl: 'https://example.com' });
  await assert.rejects(
    elsewhere.client.contacts.get('id:1'),
    (error) => !/import respond-io-wasm\/live/.test(error.message),
  );
});

test('a wait beyond what timers hold does not fire at once', async () => {
  const { client } = scripted([() => new Promise((resolve) => setTimeout(resolve, 30, json({ id: 1 })))], {
    timeout: 2 ** 40,
  });
  assert.deepEqual(await client.contacts.get('id:1'), { id: 1 });
});
