import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DecodeError, RespondIO } from 'respond-io-wasm';
import { Dice } from './dice.mjs';
import { ANSWERS, document, padded } from './documents.mjs';
import { bytes, CROWD, DEEP, FLAWS } from './flaws.mjs';
import { assertRefused, assertSame, assertTyped, decoded, deepest, MAX_DEPTH, parsed } from './judged.mjs';
import { CALLS } from './operations.mjs';

const COUNT = 10_000;
const MIB = 2 ** 20;
/** The memory of every engine that the package makes. */
const memories = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate(...args);
  const { memory, response } = (made.instance ?? made).exports;
  // Node's own fetch is another that uses wasm.
  if (response) memories.push(memory);
  return made;
};

const CONTENT_TYPES = [
  'application/json',
  'text/html',
  'text/plain; charset=utf-16',
  'application/octet-stream',
  'image/png',
  'nonsense',
];
const REFUSALS = [400, 401, 403, 404, 405, 409, 410, 418, 422, 429, 499, 500, 502, 503, 504, 599];

/** A response that is flawed as `name` says. */
function flawed(dice, operation, name) {
  const kind = ANSWERS[operation.id] ?? { type: 'object' };
  const whole = bytes(padded(dice, document(dice, kind)));
  const body = Uint8Array.from(FLAWS[name](dice, whole));
  const status = dice.oneIn(4) ? dice.pick(REFUSALS) : dice.pick([200, 200, 201, 299]);
  return { body, status, headers: { 'content-type': dice.pick(CONTENT_TYPES) } };
}

/** The response itself; now and then in small pieces, which cut letters apart. */
function made(dice, { body, status, headers }) {
  if (!dice.oneIn(5) || body.length > 10_000) return new Response(body, { status, headers });
  const stream = new ReadableStream({
    start(controller) {
      for (let at = 0; at < body.length; at += 7) controller.enqueue(body.subarray(at, at + 7));
      controller.close();
    },
  });
  return new Response(stream, { status, headers });
}

/** Asserts that what came of a call is right; gives a word for it. */
function judge({ id }, { body, status }, outcome) {
  const hasValue = 'value' in outcome;
  if (!hasValue) assertTyped(outcome.error, `${id} ${status}`);
  if (status >= 300) {
    assert.equal(outcome.error?.statusCode, status);
    assert.equal(outcome.error.outcome, status >= 500 ? 'unknown' : 'rejected');
    const kept = Buffer.from(body.subarray(0, 65_536));
    // TextDecoder takes a byte order mark off, as it does in the package.
    const text = new TextDecoder().decode(kept);
    // What is nested too deeply for a logger to print stays text.
    const json = deepest(kept) > MAX_DEPTH ? undefined : parsed(text);
    assertSame(outcome.error.body, body.length === 0 ? undefined : (json ?? { value: text }).value);
    return 'refused';
  }
  if (ANSWERS[id] === null) {
    assert.deepEqual(outcome, { value: undefined }, 'nobody looks at this body');
    return 'unread';
  }
  if (hasValue) {
    assertSame(outcome.value, JSON.parse(decoded(body)));
    return 'value';
  }
  assert.ok(outcome.error instanceof DecodeError, outcome.error.stack);
  assert.equal(outcome.error.statusCode, status);
  assert.equal(outcome.error.outcome, 'applied');
  assertRefused(outcome.error, body);
  return outcome.error.rule;
}

test(`${COUNT} malformed responses end in a value or a typed error, in bounded memory`, {
  timeout: 120_000,
}, async () => {
  const dice = new Dice(3);
  let response;
  const client = new RespondIO({
    apiToken: 'token',
    fetch: async () => response,
    rateLimit: false,
    maxRetries: 0,
    responseValidation: 'off',
  });
  const counts = {};
  const names = Object.keys(FLAWS);
  let settled;
  for (let index = 0; index < COUNT; index++) {
    const operation = dice.pick(CALLS);
    const name = names[index % names.length];
    const isLarge = index % 250 === 0;
    const answer = isLarge ? large(dice, index) : flawed(dice, operation, name);
    const called = isLarge ? CALLS[2] : operation;
    response = made(dice, answer);
    const outcome = await called.call(client, ...called.args).then(
      (value) => ({ value }),
      (error) => ({ error }),
    );
    const word = judge(called, answer, outcome);
    counts[word] = (counts[word] ?? 0) + 1;
    if (index === COUNT / 10) settled = memories[0].buffer.byteLength;
  }
  for (const word of [
    'value',
    'unread',
    'refused',
    'syntax',
    'truncated',
    'encoding',
    'depth',
    'unsafe_integer',
    'kind',
  ]) {
    assert.ok(counts[word] >= 5, `${word} of ${JSON.stringify(counts)}`);
  }
  assert.equal(memories.length, 1, 'a trap would have made another instance');
  assert.equal(memories[0].buffer.byteLength, settled, 'the memory has grown');
  assert.ok(settled > 2 * MIB && settled < 16 * MIB, `${settled} bytes`);
});

/** A body of 2 MiB: whole, cut off, or with a flaw at its end. The first asks the most of the memory. */
function large(dice, index) {
  const text = `{"items":[${`{"id":1,"firstName":"${'é'.repeat(200)}"},`.repeat(4_880)}{}]}`;
  const page = bytes(text);
  const cut = CROWD.subarray(0, CROWD.length - 1);
  const body =
    index === 0 ? CROWD : dice.pick([CROWD, cut, DEEP, page, page.subarray(0, page.length - dice.below(40))]);
  return { body, status: 200, headers: {} };
}

test('a body beyond maxResponseBytes is refused before the engine sees it', async () => {
  const fetch = async () => new Response(CROWD);
  const client = new RespondIO({ apiToken: 'token', fetch, rateLimit: false, maxResponseBytes: MIB, maxRetries: 0 });
  await assert.rejects(client.contacts.get('id:1'), { name: 'DecodeError', rule: 'too_large' });
});

test('names as long as a body are not kept for the next one', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  let text;
  const client = new RespondIO({ apiToken: 'token', fetch: async () => new Response(text), rateLimit: false });
  const used = [];
  for (let index = 0; index < 60; index++) {
    const name = String(index).repeat(MIB);
    text = `{"items":[{"id":1,"${name}":2}]}`;
    assert.equal((await client.contacts.list()).items[0][name], 2);
    text = '';
    collect();
    used.push(process.memoryUsage().heapUsed);
  }
  assert.ok(used[59] - used[9] < 20 * MIB, `${used[59] - used[9]} bytes`);
});

test('a body that breaks off in the stream is a typed error', async () => {
  const dice = new Dice(4);
  for (const { id, args, call } of CALLS) {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes('{"items":['));
        controller.error(new TypeError('terminated'));
      },
    });
    const status = dice.pick([200, 500]);
    const fetch = async () => new Response(stream, { status });
    const client = new RespondIO({ apiToken: 'token', fetch, rateLimit: false, maxRetries: 0 });
    if (status === 200 && ANSWERS[id] === null) {
      assert.equal(await call(client, ...args), undefined);
      continue;
    }
    await assert.rejects(call(client, ...args), (error) => {
      assertTyped(error, id);
      return true;
    });
  }
});
