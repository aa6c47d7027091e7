// What holds on `/live` whatever comes in: seeded answers and arguments, judged without the package.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { RespondIO } from 'respond-io-wasm/live';
import { Dice } from './dice.mjs';
import { assertSame, assertTyped } from './judged.mjs';
import { CALLS } from './live-operations.mjs';

const COUNT = 10_000;
const BASE_URL = 'https://example.test/v2';
const QUIET = { apiToken: 'token', baseUrl: BASE_URL, rateLimit: false, maxRetries: 0, logLevel: 'off' };
const { operations, models } = JSON.parse(
  execFileSync('cargo', ['run', '-q', '-p', 'xtask', '--', 'describe', 'live'], { encoding: 'utf8' }),
);

const TEXTS = ['', 'a', 'Aïda', '😀', '\u0000', '__proto__', 'open', '2026-01-02', '</script>'];
const NAMES = ['new', '__proto__', 'constructor', 'toJSON', 'items', '0', 'é', ''];
const ODD = [null, true, 0, -1, 1.5, 'x', [], {}, [null], { a: [1, { b: null }] }];

/** A member, whatever its name is: an object literal would take `__proto__` for something else. */
function define(object, name, value) {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A value of a kind as an account may send it: any of its variants, null, unknown fields, sometimes something else. */
function received(dice, kind) {
  if (dice.oneIn(25)) return dice.pick(ODD);
  if (kind.anyOf) return received(dice, dice.pick(kind.anyOf));
  if (kind.enum) return dice.oneIn(4) ? 'unheard_of' : dice.pick(kind.enum);
  if (kind.model) return object(dice, models[kind.model].fields);
  switch (kind.type) {
    case 'string':
      return dice.pick(TEXTS);
    case 'integer':
      return dice.pick([0, 1, 2 ** 31, 1783996922700277, Number.MAX_SAFE_INTEGER]);
    case 'number':
      return dice.pick([0, -0.5, 1e300, 7]);
    case 'boolean':
      return dice.oneIn(2);
    case 'array':
      return Array.from({ length: dice.below(4) }, () => received(dice, kind.items));
    default:
      return dice.pick([{}, { name: 'Lead' }, { a: { b: [1, null] } }]);
  }
}

function object(dice, fields) {
  const made = {};
  for (const { name, kind } of fields) {
    if (dice.oneIn(8)) continue;
    define(made, name, dice.oneIn(6) ? null : received(dice, kind));
  }
  if (dice.oneIn(3)) define(made, dice.pick(NAMES), dice.pick(ODD));
  return made;
}

/** Asserts that a page is what came, but for where the next one starts. */
function assertSamePage({ pagination: { cursorId, hasMore, ...pagination }, ...page }, expected, message) {
  const { pagination: given, ...others } = expected;
  assertSame(page, others, message);
  assert.ok(cursorId >= 0 && hasMore === cursorId > 0, message);
  if (given instanceof Object && !Array.isArray(given)) assertSame(pagination, given, message);
}

test(`${COUNT} answers of every operation come through equal to JSON.parse`, async () => {
  const dice = new Dice(5);
  const figures = { given: 0, refused: 0 };
  for (let i = 0; i < COUNT; i++) {
    const { resource, method, args } = CALLS[i % CALLS.length];
    const { id, response } = operations[i % operations.length];
    const isPage = response.model.endsWith('Page');
    const text = JSON.stringify(isPage ? object(dice, models[response.model].fields) : received(dice, response));
    const fetch = async () => new Response(text);
    const client = new RespondIO({ ...QUIET, fetch, responseValidation: dice.pick(['off', 'warn']) });
    const outcome = await client[resource][method](...args).then(
      (value) => ({ value: value?.raw ?? value }),
      (error) => ({ error }),
    );
    const expected = JSON.parse(text);
    if (outcome.error) {
      assertTyped(outcome.error, text);
      // Nothing of a page without a list of items can be handed over.
      assert.equal(`${outcome.error.name} ${outcome.error.path}`, 'DecodeError items', `${id} ${text}`);
      assert.ok(isPage && !Array.isArray(expected.items), text);
      figures.refused += 1;
      continue;
    }
    (isPage ? assertSamePage : assertSame)(outcome.value, expected, `${id} ${text}`);
    figures.given += 1;
  }
  console.log(figures);
  assert.ok(figures.given > COUNT * 0.8 && figures.refused > 100);
});

const SEGMENTS = [
  'id:1',
  'email:a@b.c',
  'phone:+601',
  'id:0',
  'id:1/../2',
  'email:a/../../tag@b',
  'email:a?x=1#y@b%2f',
];
const STRANGE = [
  '..',
  '.',
  '',
  '/',
  '%2e%2e',
  '\\',
  'id:1\r\n',
  'email:é@b',
  'id:１',
  'list',
  '{identifier}',
  '\ud800',
];
const OBJECTS = [{ id: 1 }, { email: 'a/b@c' }, { phone: '+601' }, { id: 0 }, { id: '1' }, { id: 1, email: 'a@b' }, {}];
const NUMBERS = [1, 0, -1, 7, 1.5, Number.MAX_SAFE_INTEGER, 2 ** 53, Number.NaN, Infinity, '1', '1/../2', 1n, null];

/** Arguments of a call: valid ones with one, or more, that may be anything. */
function argumentsOf(dice, { args }, { arguments: declared }) {
  const made = structuredClone(args);
  for (const [index, { in: place, kind }] of declared.entries()) {
    if (place === 'path') {
      const isText = kind.format === 'identifier';
      made[index] = isText ? dice.pick(dice.pick([SEGMENTS, SEGMENTS, STRANGE, OBJECTS, ODD])) : dice.pick(NUMBERS);
      continue;
    }
    const chance = dice.below(9);
    if (chance < 3) made[index] = dice.pick(ODD);
    else if (chance < 5 && made[index] instanceof Object && !Array.isArray(made[index]))
      define(made[index], dice.pick([...Object.keys(made[index]), ...NAMES]), dice.pick([...ODD, ...TEXTS]));
  }
  return made;
}

/** The text that an argument is in a path. */
function segment(value) {
  if (!(value instanceof Object)) return String(value);
  const [[name, inner]] = Object.entries(value);
  return `${name}:${inner}`;
}

/** Asserts that a request is the operation's: its own path, the arguments where they belong, and nothing else. */
function assertConforms({ method, url, body }, { method: verb, path, arguments: declared }, args) {
  assert.equal(method, verb);
  const { pathname, search, hash, origin } = new URL(url);
  assert.deepEqual([origin, hash, url.startsWith(`${BASE_URL}/`)], ['https://example.test', '', true], url);
  const [template, sent] = [path.split('/'), pathname.replace('/v2', '').split('/')];
  assert.equal(sent.length, template.length, url);
  const argumentCalled = (name) => args[declared.findIndex((argument) => argument.name === name)];
  for (const [index, part] of template.entries()) {
    if (!part.startsWith('{')) assert.equal(sent[index], part);
    else assert.equal(decodeURIComponent(sent[index]), segment(argumentCalled(part.slice(1, -1))), url);
  }
  const query = declared.find((argument) => argument.in === 'query');
  const given = Object.entries(argumentCalled(query?.name) ?? {}).filter(([, value]) => value !== undefined);
  assert.deepEqual([...new URLSearchParams(search)], query ? given.map(([name, value]) => [name, String(value)]) : []);
  const content = declared.find((argument) => argument.in === 'body');
  if (content) assertSame(JSON.parse(body), JSON.parse(JSON.stringify(argumentCalled(content.name))), url);
  else assert.equal(body, undefined);
}

test(`${COUNT} calls are refused with a typed error before they are sent, or conform`, async () => {
  const dice = new Dice(9);
  const figures = { sent: 0, refused: 0 };
  for (let i = 0; i < COUNT; i++) {
    const [call, operation] = [CALLS[i % CALLS.length], operations[i % operations.length]];
    const args = argumentsOf(dice, call, operation);
    const requests = [];
    const fetch = async (url, { method, body }) => {
      requests.push({ method, url, body });
      return Response.json(call.answer);
    };
    const client = new RespondIO({ ...QUIET, fetch, responseValidation: 'off' });
    const error = await client[call.resource][call.method](...args).then(
      () => undefined,
      (error) => error,
    );
    const shown = `${operation.id} ${args.map((value) => (typeof value === 'bigint' ? `${value}n` : JSON.stringify(value)))}`;
    if (error) {
      assertTyped(error, shown);
      assert.deepEqual([error.name, error.attempts, requests.length], ['ValidationError', 0, 0], shown);
      figures.refused += 1;
      continue;
    }
    assert.equal(requests.length, 1, shown);
    assertConforms(requests[0], operation, args);
    figures.sent += 1;
  }
  console.log(figures);
  assert.ok(figures.sent > COUNT / 8 && figures.refused > COUNT / 4, JSON.stringify(figures));
});
