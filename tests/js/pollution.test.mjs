import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { RespondIO, RespondIOError, ValidationError } from 'respond-io-wasm';
import { Dice } from './dice.mjs';
import { ANSWERS, document, padded } from './documents.mjs';
import { assertSame } from './judged.mjs';
import { CALLS } from './operations.mjs';

const POISON = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1},';
const GUARDED = [Object, Array, Function, String, Number, Boolean, Promise, Map, Error, RespondIO, RespondIOError];
const before = GUARDED.map(shape);

/** The own fields of a class and of its prototype. */
function shape(Class) {
  return [Class, Class.prototype].map((object) => Reflect.ownKeys(object));
}

afterEach(() => {
  assert.deepEqual(GUARDED.map(shape), before, 'a prototype has changed');
  assert.equal({}.polluted, undefined);
  assert.equal([].polluted, undefined);
});

/** The text with the poison in every object. */
const poisoned = (text) => text.replace(/\{(?=[^"]*")/g, `{${POISON}`).replaceAll('{}', `{${POISON.slice(0, -1)}}`);

/** A client that is answered with `text`. */
function answered(text, status = 200) {
  const fetch = async () => new Response(text, { status });
  return new RespondIO({ apiToken: 'token', fetch, rateLimit: false, maxRetries: 0, responseValidation: 'off' });
}

/** Asserts that every object within a value is a plain one, with what the text named as fields of its own. */
function assertPlain(value) {
  if (Array.isArray(value)) {
    assert.equal(Object.getPrototypeOf(value), Array.prototype);
    return value.forEach(assertPlain);
  }
  if (typeof value !== 'object' || value === null) return;
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  for (const { enumerable, writable, configurable, value: inner } of Object.values(
    Object.getOwnPropertyDescriptors(value),
  )) {
    assert.deepEqual({ enumerable, writable, configurable }, { enumerable: true, writable: true, configurable: true });
    assertPlain(inner);
  }
}

for (const { id, args, call } of CALLS.filter(({ id }) => ANSWERS[id])) {
  test(`${id}: names such as __proto__ in any object of the answer are plain fields`, async () => {
    const dice = new Dice(5);
    let compared = 0;
    for (let index = 0; index < 200; index++) {
      const text = padded(dice, poisoned(document(dice, ANSWERS[id])));
      const value = await call(answered(text), ...args).catch((error) => error);
      if (value instanceof Error) {
        assert.equal(value.name, 'DecodeError');
        continue;
      }
      assertSame(value, JSON.parse(text));
      assertPlain(value);
      compared += text.includes(POISON) ? 1 : 0;
    }
    assert.ok(compared > 80, `${compared}`);
  });
}

for (const status of [300, 400, 401, 403, 404, 409, 429, 500, 503]) {
  test(`in the body of a ${status} as well`, async () => {
    const text = poisoned('{"message":"no","status":1,"errors":[{"path":"a","more":{}}]}');
    for (const { args, call } of CALLS) {
      const error = await call(answered(text, status), ...args).catch((error) => error);
      assert.ok(error instanceof RespondIOError && error.statusCode === status, error);
      assertSame(error.body, JSON.parse(text));
      assertPlain(error.body);
      assert.equal(error.serverMessage, 'no');
      assert.ok(!Object.hasOwn(error, 'polluted') && error.polluted === undefined);
    }
  });
}

test('nothing is read from what an answer hides in __proto__', async () => {
  const hidden = '{"__proto__":{"message":"hidden","items":[{"id":1}],"pagination":{"hasMore":true,"cursorId":7}}}';
  const error = await answered(hidden, 404)
    .contacts.get('id:1')
    .catch((error) => error);
  assert.equal(error.serverMessage, undefined);
  assert.ok(!error.message.includes('hidden'));
  const page = await answered(hidden).contacts.list();
  assert.deepEqual([page.items, page.hasNextPage()], [[], false]);
});

test('a required field that is in __proto__ alone is missing', async () => {
  const fetch = async () => new Response('{"__proto__":{"name":"Loyalty"}}');
  const client = new RespondIO({ apiToken: 'token', fetch, rateLimit: false, responseValidation: 'throw' });
  await assert.rejects(client.tags.create({ name: 'Loyalty' }), { rule: 'required', path: 'name' });
});

test('a path with such names is warned of once, like any other', async (t) => {
  const warned = t.mock.method(console, 'warn', () => {});
  const fetch = async () => new Response('{"id":"x","__proto__":{"id":"x"},"constructor":1}');
  const client = new RespondIO({ apiToken: 'token', fetch, rateLimit: false });
  await client.contacts.get('id:1');
  await client.contacts.get('id:1');
  assert.equal(warned.mock.callCount(), 1);
});

const own = (json) => JSON.parse(json);

test('own fields of that name among options are unknown options', async () => {
  for (const name of ['__proto__', 'constructor', 'prototype', 'toString']) {
    const options = own(`{"${name}":{"polluted":1},"apiToken":"token"}`);
    assert.throws(() => new RespondIO(options), { name: 'ValidationError', path: name });
    const call = answered('{}').contacts.get('id:1', own(`{"${name}":1}`));
    await assert.rejects(call, { name: 'ValidationError', path: name });
  }
});

test('own fields of that name among arguments are refused, in every object that is sent', async () => {
  const requests = [];
  const fetch = async (url) => {
    requests.push(url);
    return new Response('{}');
  };
  const client = new RespondIO({ apiToken: 'token', fetch, rateLimit: false });
  let refused = 0;
  for (const { args, call } of CALLS) {
    for (const [at, argument] of args.entries()) {
      if (typeof argument !== 'object') continue;
      const text = JSON.stringify(argument);
      for (const { index } of text.matchAll(/\{/g)) {
        for (const name of ['__proto__', 'constructor', 'prototype']) {
          const given = own(`${text.slice(0, index + 1)}"${name}":{"polluted":1},${text.slice(index + 1)}`);
          await assert.rejects(call(client, ...args.with(at, given)), (error) => {
            assert.ok(error instanceof ValidationError, error);
            assert.deepEqual([error.rule, error.path.split('.').at(-1)], ['unknown_field', name]);
            return true;
          });
          refused += 1;
        }
      }
    }
  }
  assert.deepEqual(requests, []);
  assert.ok(refused > 40, `${refused}`);
});

test('a header of that name pollutes nothing', async () => {
  const sent = [];
  const fetch = async (_, { headers }) => {
    sent.push(headers);
    return new Response('{}');
  };
  const client = new RespondIO({ apiToken: 'token', fetch, rateLimit: false, headers: own('{"__proto__":"a"}') });
  await client.contacts.get('id:1', { headers: own('{"constructor":"b"}') });
  assert.equal(Object.getPrototypeOf(sent[0]), Object.prototype);
  // Whether __proto__ is sent is up to the runtime: Node's own Headers lose it.
  assert.equal(new Headers(sent[0]).get('constructor'), 'b');
});
