// The table of behaviour cases, tests/behaviour/cases.json, through the JavaScript driver. The Rust driver runs the same.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, test } from 'node:test';

const CASES = JSON.parse(readFileSync(new URL('../behaviour/cases.json', import.meta.url), 'utf8'));
const { operations } = JSON.parse(
  execFileSync('cargo', ['run', '-q', '-p', 'xtask', '--', 'describe'], { encoding: 'utf8' }),
);

const BASE_URL = 'https://example.test/v2';
/** Sun, 06 Nov 1994 08:49:30 GMT, where the scripts' clock stands. */
const NOW = 784_111_770_000;
/** A time that no wait has, by which the timer of a try is told from a wait. */
const TRY_TIMEOUT = 123_456;

/** Neither pacing nor the watch over bodies may set timers, which would be taken for waits. */
const QUIET = { rateLimit: false, stallTimeout: 0 };

// The package asks what its runtime's own fetch is when it is loaded.
let sender = globalThis.fetch;
globalThis.fetch = (...given) => sender(...given);
const { RespondIO } = await import('respond-io-wasm');

const real = { sender, setTimeout, now: Date.now, random: Math.random, warn: console.warn };
let waits;
let warnings;
let endTry;

beforeEach(() => {
  waits = [];
  warnings = [];
  Date.now = () => NOW;
  Math.random = () => 0.5;
  console.warn = (text) => warnings.push(text);
  globalThis.setTimeout = (callback, ms) => {
    if (ms === TRY_TIMEOUT) {
      endTry = callback;
      return undefined;
    }
    waits.push(ms);
    return real.setTimeout(callback, 0);
  };
});

afterEach(() => {
  Date.now = real.now;
  Math.random = real.random;
  console.warn = real.warn;
  globalThis.setTimeout = real.setTimeout;
  sender = real.sender;
});

for (const entry of CASES) {
  test(entry.name, async () => {
    const requests = [];
    const fetch = (url, init) => {
      requests.push([init.method, url, ...(init.body === undefined ? [] : [JSON.parse(init.body)])]);
      return answer(entry.answers[requests.length - 1], init.signal);
    };
    const baseUrl = entry.options?.baseUrl ?? BASE_URL;
    // Only of the runtime's own fetch is known what its errors mean.
    const own = entry.answers.includes('never_left');
    if (own) sender = fetch;
    const given = own ? {} : { fetch };
    const options = { apiToken: 'test-token', timeout: TRY_TIMEOUT, ...given, ...QUIET, ...entry.options, baseUrl };
    const client = new RespondIO(options);
    const outcome = await call(client, entry).then(
      (value) => ({ value }),
      (error) => ({ error }),
    );
    check(entry.expect, outcome);
    const expected = entry.answers.map(() => [entry.request[0], baseUrl + entry.request[1], ...entry.request.slice(2)]);
    assert.deepEqual(requests, expected);
    assert.deepEqual(waits, entry.waits ?? []);
    assert.equal(warnings.length, entry.warnings?.length ?? 0);
    for (const [index, { path }] of (entry.warnings ?? []).entries())
      assert.ok(warnings[index].includes(path || 'the body'));
  });
}

test('the table covers every operation', () => {
  assert.equal(new Set(CASES.map(({ operation }) => operation)).size, operations.length);
});

/** Calls the case's operation by its method, with its arguments in their order. */
async function call(client, { operation, arguments: input }) {
  const { resource, name, arguments: declared } = operations.find(({ id }) => id === operation);
  const value = await client[resource][name](...declared.map((argument) => input[argument.name]));
  return value?.raw ?? value;
}

async function answer(scripted, signal) {
  assert.ok(scripted !== undefined, 'the script has no more answers');
  if (scripted === 'connection') throw new TypeError('fetch failed');
  if (scripted === 'never_left')
    throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED', syscall: 'connect' } });
  if (scripted === 'timeout') {
    endTry();
    signal.throwIfAborted();
  }
  const { status, headers, body, bodyBase64, bodyLost } = scripted;
  const content = bodyBase64 ? Buffer.from(bodyBase64, 'base64') : body || null;
  const response = new Response(bodyLost ? lost(body) : content, { headers });
  // The constructor refuses some statuses that a server may well send.
  Object.defineProperties(response, { status: { value: status }, ok: { value: status >= 200 && status < 300 } });
  return response;
}

/** A body of which only this comes. */
function lost(text) {
  const start = (body) => body.enqueue(new TextEncoder().encode(text));
  const pull = (body) => body.error(new TypeError('terminated'));
  return new ReadableStream({ start, pull });
}

function check(expected, outcome) {
  if (!expected.error) {
    if (outcome.error) throw outcome.error;
    assert.deepEqual(outcome.value, expected.nothing ? undefined : expected.value);
    return;
  }
  const { error } = outcome;
  assert.ok(error instanceof Error, `resolved to ${JSON.stringify(outcome.value)}`);
  const { message, ...fields } = { statusCode: undefined, retryAfter: undefined, rule: undefined, ...expected.error };
  for (const [name, value] of Object.entries(fields)) assert.deepEqual(error[name], value, `${name} of ${error.stack}`);
  if (message) assert.ok(error.message.includes(message), error.message);
  assert.ok(!String(error.stack).includes('test-token'));
}
