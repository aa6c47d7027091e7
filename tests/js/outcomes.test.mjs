// What is known of a call that ends before its time. What follows an answer is in the table of behaviour cases.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { afterEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { begin, CALLS, PHASES } from './phases.mjs';
import { hanging, json, scripted } from './scripted.mjs';

const real = { setTimeout, random: Math.random };
/** Makes the random waits between tries 0. */
const withoutWaits = () => {
  Math.random = () => 0;
};

afterEach(() => {
  globalThis.setTimeout = real.setTimeout;
  Math.random = real.random;
});

const stalled = (status = 200) =>
  new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array([123])) }), { status });

for (const [phase, expected] of Object.entries(PHASES)) {
  for (const kind of Object.keys(CALLS).filter((name) => expected[name])) {
    test(`a ${kind} that is aborted ${phase} is ${expected[kind]}, and leaves no listener`, async () => {
      const controller = new AbortController();
      const reason = new Error('the user left');
      const { call } = await begin(phase, kind, controller.signal);
      call.catch(() => {});
      await delay(30);
      assert.ok(getEventListeners(controller.signal, 'abort').length > 0);
      controller.abort(reason);
      await assert.rejects(call, (error) => {
        const { name, outcome, attempts, statusCode, cause } = error;
        const { attempts: sent, statusCode: known } = expected;
        assert.deepEqual(
          { name, outcome, attempts, statusCode },
          { name: 'AbortError', outcome: expected[kind], attempts: sent, statusCode: known },
        );
        assert.equal(cause, reason);
        const isOpen = kind === 'send' && outcome === 'unknown';
        assert.equal(/It may have been carried out/.test(error.message), isOpen, error.message);
        return true;
      });
      assert.deepEqual(getEventListeners(controller.signal, 'abort'), []);
    });
  }

  test(`a call that is aborted ${phase} keeps no process alive`, async () => {
    const program = fileURLToPath(new URL('phases.mjs', import.meta.url));
    const start = performance.now();
    // The times of the call are a minute and more.
    const { stdout } = await promisify(execFile)(process.execPath, [program, phase], { timeout: 20_000 });
    assert.equal(stdout, 'AbortError\n');
    assert.ok(performance.now() - start < 10_000);
  });
}

test('a call that succeeds leaves neither a listener nor a timer', async () => {
  const timers = new Set();
  globalThis.setTimeout = (callback, ms) => {
    const timer = real.setTimeout(callback, ms);
    timers.add(timer);
    return timer;
  };
  const { client } = scripted([json({}, { status: 429, headers: { 'retry-after': '0' } }), json({ id: 1 })], {
    timeout: 60_000,
    totalTimeout: 60_000,
  });
  const { signal } = new AbortController();
  await client.contacts.get('id:1', { signal });
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
  assert.ok(timers.size >= 3, 'tries, bodies and waits have timers');
  for (const timer of timers) assert.equal(timer._destroyed, true);
});

for (const [hook, sent, outcome] of [
  ['onRequest', 0, 'not_sent'],
  ['onRetry', 1, 'rejected'],
]) {
  test(`a signal that ${hook} aborts leaves no listener`, async () => {
    const controller = new AbortController();
    const answers = [json({}, { status: 429, headers: { 'retry-after': '50' } })];
    const { client, requests } = scripted(answers, { [hook]: () => controller.abort(), logLevel: 'off' });
    const { signal } = controller;
    await assert.rejects(client.contacts.get('id:1', { signal }), { name: 'AbortError', attempts: sent, outcome });
    assert.equal(requests.length, sent);
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });
}

test('a send whose answer stalls was applied', async () => {
  const { client, requests } = scripted([stalled()], { stallTimeout: 20 });
  await assert.rejects(CALLS.send(client), {
    name: 'TimeoutError',
    outcome: 'applied',
    statusCode: 200,
    attempts: 1,
    message: 'sendMessage got nothing more of its answer for 20 ms',
  });
  assert.equal(requests.length, 1);
});

test('a get whose answer stalls is tried again, and was applied where each stalls', async () => {
  withoutWaits();
  const once = scripted([stalled(), json({ id: 1 })], { stallTimeout: 20 });
  assert.deepEqual(await CALLS.get(once.client), { id: 1 });
  const always = scripted([stalled(), stalled(), stalled()], { stallTimeout: 20 });
  await assert.rejects(CALLS.get(always.client), { name: 'TimeoutError', outcome: 'applied', attempts: 3 });
});

test('an error whose body stalls is that error, before the try times out', async () => {
  const { client } = scripted([stalled(404)], { stallTimeout: 20, timeout: 60_000 });
  await assert.rejects(CALLS.get(client), { name: 'NotFoundError', outcome: 'rejected', body: undefined });
});

/** A body that comes in parts, with these pauses in milliseconds. */
function slow(parts, pause) {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(body) {
      await delay(pause);
      const part = parts.shift();
      if (part === undefined) body.close();
      else body.enqueue(encoder.encode(part));
    },
  });
}

test('a body that comes slowly does not stall, however long it takes', async () => {
  const parts = ['{', '"id"', ':', '1', '2', '3', '}'];
  const { client } = scripted([new Response(slow(parts, 40))], { stallTimeout: 200, timeout: 60_000 });
  assert.deepEqual(await CALLS.get(client), { id: 123 });
});

test('a stallTimeout of 0 is no bound', async () => {
  const { client } = scripted([stalled()], { stallTimeout: 0, timeout: 60, maxRetries: 0 });
  await assert.rejects(CALLS.get(client), { name: 'TimeoutError', message: 'getContact took longer than 60 ms' });
});

test('totalTimeout ends a call within a later try', async () => {
  withoutWaits();
  const { client, requests } = scripted([hanging, hanging, hanging], { timeout: 80, totalTimeout: 120 });
  const start = performance.now();
  await assert.rejects(CALLS.get(client), {
    name: 'TimeoutError',
    outcome: 'unknown',
    attempts: 2,
    message: 'getContact took longer than 120 ms in all (attempt 2)',
  });
  const took = performance.now() - start;
  assert.ok(took > 110 && took < 1000, `${took} ms`);
  assert.equal(requests.length, 2);
});

test('a call may have a totalTimeout of its own', async () => {
  const { client } = scripted([hanging, hanging], { totalTimeout: 60_000 });
  const message = 'getContact took longer than 30 ms in all';
  await assert.rejects(client.contacts.get('id:1', { totalTimeout: 30 }), { name: 'TimeoutError', message });
  const unbound = scripted([hanging], { totalTimeout: 20, timeout: 60, maxRetries: 0 });
  const call = unbound.client.contacts.get('id:1', { totalTimeout: 0 });
  await assert.rejects(call, { message: 'getContact took longer than 60 ms' });
});

test('retryUnsafe and maxRetries may be said for one call', async () => {
  withoutWaits();
  const failure = () => json({}, { status: 503 });
  const { client, requests } = scripted([failure, json({ messageId: 1 }), failure]);
  const message = { message: { type: 'text', text: 'Hello' } };
  assert.deepEqual(await client.messaging.send('id:1', message, { retryUnsafe: true }), { messageId: 1 });
  await assert.rejects(client.messaging.send('id:1', message), { name: 'ServerError', outcome: 'unknown' });
  assert.equal(requests.length, 3);
});

test('a wait of more than 2^31 ms is waited in full', async () => {
  const waits = [];
  globalThis.setTimeout = (callback, ms) => {
    waits.push(ms);
    return real.setTimeout(callback, 0);
  };
  // Beyond one timer, and a whole number of timers.
  for (const seconds of [4_000_000, 2 ** 31 - 1]) {
    const limited = json({}, { status: 429, headers: { 'retry-after': String(seconds) } });
    const bounds = { timeout: 0, stallTimeout: 0, maxRetryDelayMs: 2 ** 42 };
    const { client, requests } = scripted([limited, json({ id: 1 })], { ...bounds, rateLimit: false });
    waits.length = 0;
    await CALLS.get(client);
    assert.equal(requests.length, 2);
    assert.ok(waits.every((ms) => ms < 2 ** 31));
    assert.equal(
      waits.reduce((sum, ms) => sum + ms, 0),
      seconds * 1000,
    );
  }
});

test('a failure that nobody awaits is no silence', async () => {
  const program = `
    import { RespondIO } from 'respond-io-wasm';
    new RespondIO({ apiToken: 'token', fetch: async () => new Response('', { status: 404 }) }).tags.delete(3);
  `;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { timeout: 20_000 });
  await assert.rejects(run, (error) => error.code === 1 && /NotFoundError: deleteTag/.test(error.stderr));
});
