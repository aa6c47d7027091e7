import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RespondIOError, ValidationError } from 'respond-io-wasm';
import { createWebhookHandler, EVENT_TYPES, verifyWebhook, WebhookError } from 'respond-io-wasm/webhooks';
import { delivery, KEY, refusalOf, sign, slow } from './deliveries.mjs';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
const EVENT = { event_type: 'message.received', event_id: 'e1', contact: { id: 1 } };
const keys = [KEY];
const verify = (request, options = {}) => verifyWebhook(request, { keys, ...options });
const refused = (request, options) => refusalOf(verify(request, options));

test('every event is told by its type, and message.sent is an echo', async () => {
  assert.equal(EVENT_TYPES.length, 11);
  for (const event_type of EVENT_TYPES) {
    const event = { ...EVENT, event_type, more: [1] };
    const isEcho = event_type === 'message.sent';
    assert.deepEqual(await verify(delivery(event)), { kind: 'event', event, id: 'e1', isEcho });
  }
});

test('an unknown event, and a delivery without a type, pass as they came', async () => {
  for (const event_type of ['contact.sneezed', 'constructor', '__proto__', '']) {
    const event = { ...EVENT, event_type, more: { a: null } };
    assert.deepEqual(await verify(delivery(event)), { kind: 'unknown', event, id: 'e1', isEcho: false });
  }
  for (const event of [{}, { event_id: 'e1' }, { event_type: null, event_id: 'e1' }, { event_type: 7 }]) {
    const id = event.event_id ?? sign(JSON.stringify(event));
    assert.deepEqual(await verify(delivery(event)), { kind: 'test', event, id, isEcho: false });
  }
});

test('names such as __proto__ are own fields and change nothing', async () => {
  const { event } = await verify(delivery('{"__proto__":{"polluted":1},"event_type":"call.ended"}'));
  assert.equal(event.polluted, undefined);
  assert.equal({}.polluted, undefined);
  assert.ok(Object.hasOwn(event, '__proto__'));
});

test('an event without an id of its own has its signature for one', async () => {
  for (const event_id of [undefined, null, '', 7, {}, 'e'.repeat(257)]) {
    const body = JSON.stringify({ event_type: 'call.ended', event_id });
    assert.equal((await verify(delivery(body))).id, sign(body));
  }
  const event_id = 'e'.repeat(256);
  assert.equal((await verify(delivery({ event_type: 'call.ended', event_id }))).id, event_id);
});

test('another method than POST is refused before anything is read', async () => {
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const request = delivery(EVENT, { method });
    const { reason, status } = await refused(request);
    assert.deepEqual([reason, status, request.bodyUsed], ['method', 405, false], method);
  }
});

test('what is signed but no JSON object in UTF-8 is refused', async () => {
  const deep = (levels) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const bodies = ['', '[]', '"a"', '1', 'null', '{', '{}{}', Buffer.from('{"a":"\xff"}', 'latin1'), deep(101)];
  for (const body of bodies) {
    const { reason, status } = await refused(delivery(body));
    assert.deepEqual([reason, status], ['body', 400], String(body));
  }
  assert.equal((await verify(delivery(deep(100)))).kind, 'test');
});

test('a body is read up to its cap, however it comes', async () => {
  const body = JSON.stringify({ ...EVENT, text: 'x'.repeat(1000) });
  const pieces = body.match(/.{1,100}/g);
  const chunked = () => delivery(body, { body: slow(pieces, 0) });
  for (const request of [() => delivery(body), chunked]) {
    assert.equal((await verify(request(), { maxBodyBytes: body.length })).id, 'e1');
    const { reason, status, message } = await refused(request(), { maxBodyBytes: body.length - 1 });
    assert.deepEqual([reason, status], ['too_large', 413]);
    assert.ok(message.includes(String(body.length - 1)));
  }
  const mebibyte = `{"a":"${'x'.repeat(1024 * 1024 - 8)}"}`;
  assert.equal((await verify(delivery(mebibyte))).kind, 'test');
  assert.equal((await refused(delivery(`${mebibyte} `))).reason, 'too_large');
});

test('of a body without an end no more is read than the cap', async () => {
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(1000));
    },
  });
  assert.equal((await refused(delivery(EVENT, { body: endless }), { maxBodyBytes: 10_000 })).reason, 'too_large');
  assert.ok(pulled < 20, `${pulled}`);
});

test('a body in a million pieces takes no more memory than it has bytes, but for a little', async () => {
  const count = 500_000;
  let [sent, peak] = [0, 0];
  collectGarbage();
  const before = process.memoryUsage().heapUsed + process.memoryUsage().external;
  const body = new ReadableStream({
    async pull(controller) {
      for (let i = 0; i < 1000 && sent < count; i++, sent++) controller.enqueue(Buffer.alloc(1));
      if (sent % 50_000 === 0) await new Promise(setImmediate);
      if (sent < count) return;
      collectGarbage();
      peak = process.memoryUsage().heapUsed + process.memoryUsage().external - before;
      controller.close();
    },
  });
  assert.equal((await refused(delivery(EVENT, { body }))).reason, 'signature_mismatch');
  assert.ok(peak < 60e6, `${peak} bytes`);
});

test('a body that stalls, or drips for too long, is refused', async () => {
  const stalled = await refused(delivery(EVENT, { body: slow(['{'], 0, false) }), { stallTimeout: 20 });
  assert.deepEqual([stalled.reason, stalled.status], ['stalled', 408]);
  const drips = slow(Array(1000).fill(' '), 5);
  const dripped = await refused(delivery(EVENT, { body: drips }), { stallTimeout: 1000, bodyTimeout: 50 });
  assert.deepEqual([dripped.reason, dripped.status], ['stalled', 408]);
  const pieces = JSON.stringify(EVENT).match(/.{1,10}/g);
  const inTime = delivery(EVENT, { body: slow(pieces, 5) });
  assert.equal((await verify(inTime, { stallTimeout: 0, bodyTimeout: 0 })).id, 'e1');
});

test('a connection that is lost within the body is a refusal, with its cause', async () => {
  const cause = new Error('lost');
  const body = new ReadableStream({ pull: (controller) => controller.error(cause) });
  const error = await refused(delivery(EVENT, { body }));
  assert.deepEqual([error.reason, error.status, error.cause], ['body', 400, cause]);
});

test('a body that was read before is a mistake of the program, and said so', async () => {
  const readPart = async ({ body }) => {
    const reader = body.getReader();
    await reader.read();
    reader.releaseLock();
  };
  for (const use of [(request) => request.text(), ({ body }) => body.getReader(), readPart]) {
    const request = delivery(EVENT);
    await use(request);
    const { reason, status, message } = await refused(request);
    assert.deepEqual([reason, status], ['body_used', 500]);
    assert.match(message, /request\.clone\(\)/);
  }
});

test('wrong options are refused by their names', async () => {
  const wrong = {
    keys: [undefined, null, '', [], [''], [KEY, ''], [KEY, undefined], 7, {}, [[KEY]]],
    acceptReserialized: ['yes', 1, null],
    maxBodyBytes: [-1, 1.5, '1', Infinity, NaN],
    stallTimeout: [-1, '1', null],
    bodyTimeout: [-1, '1'],
    unheardOf: [1],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      const error = await refused(delivery(EVENT), { [name]: value });
      assert.ok(error instanceof ValidationError, `${name} ${inspect(value)}: ${error}`);
      assert.deepEqual([error.path, error.rule], [name, 'option']);
      assert.throws(() => createWebhookHandler({ keys, [name]: value }), { name: 'ValidationError', path: name });
    }
  }
  for (const options of [undefined, null, KEY]) {
    assert.equal((await refusalOf(verifyWebhook(delivery(EVENT), options))).name, 'ValidationError');
  }
});

test('what node:http gives is no Request, and said so', async () => {
  for (const request of [undefined, { method: 'POST', headers: { 'x-webhook-signature': 'a' }, body: '{}' }]) {
    const error = await refused(request);
    assert.deepEqual([error.name, error.path], ['ValidationError', 'request']);
  }
});

test('no error shows a key, a body or a signature', async () => {
  const secret = 'very-secret-signing-key';
  const body = '{"text":"very private"}';
  const signature = sign(body, 'another key');
  const options = { keys: [secret] };
  const requests = [
    delivery(body, { method: 'PUT' }),
    delivery(body, { signature: null }),
    delivery(body, { signature: `${secret} very private` }),
    delivery(body, { signature }),
    delivery('very private', { key: secret }),
    delivery(body, { key: secret, body: slow([body], 0, false) }),
  ];
  const errors = [];
  for (const request of requests) {
    errors.push(await refusalOf(verifyWebhook(request, { ...options, stallTimeout: 10 })));
  }
  errors.push(await refusalOf(verifyWebhook(delivery(body), { keys: [secret, 7] })));
  errors.push(await refusalOf(verifyWebhook(delivery(body), { ...options, maxBodyBytes: secret })));
  assert.equal(errors.filter((error) => error instanceof WebhookError).length, requests.length);
  for (const error of errors) {
    assert.ok(error instanceof RespondIOError);
    const shown = inspect(error, { depth: 20, showHidden: true, getters: true }) + error.stack + JSON.stringify(error);
    for (const text of [secret, 'very private', signature]) assert.ok(!shown.includes(text), shown);
  }
});
