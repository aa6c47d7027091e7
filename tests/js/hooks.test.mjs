// What hooks, logger and stats tell of calls, and what they keep to themselves.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { RespondIO, ValidationError } from 'respond-io-wasm';
import { hanging, json, scripted } from './scripted.mjs';

const HOOKS = ['onRequest', 'onResponse', 'onRetry', 'onRateLimit', 'onMismatch'];
const LEVELS = ['debug', 'info', 'warn', 'error'];
const real = { random: Math.random, console: Object.fromEntries(LEVELS.map((level) => [level, console[level]])) };
let printed;

beforeEach(() => {
  printed = [];
  Math.random = () => 0;
  for (const level of LEVELS) console[level] = (text) => printed.push([level, text]);
});

afterEach(() => {
  Math.random = real.random;
  Object.assign(console, real.console);
});

/** Hooks that record what they are told, and a logger that does. */
function recorder() {
  const events = [];
  const lines = [];
  const hooks = Object.fromEntries(HOOKS.map((name) => [name, (event) => events.push([name, event])]));
  const logger = Object.fromEntries(LEVELS.map((level) => [level, (text) => lines.push([level, text])]));
  const named = (name) => events.filter(([one]) => one === name).map(([, event]) => event);
  return { events, lines, hooks, logger, named, names: () => events.map(([name]) => name) };
}

const failure = (status = 503, headers = {}) => json({ message: 'no' }, { status, headers });
const MESSAGE = { message: { type: 'text', text: 'Hello' } };
const CALL = { call: 1, operation: 'getContact', method: 'GET' };

test('each try is told of before it is sent and after its answer, each repetition between them', async () => {
  const told = recorder();
  const { client } = scripted([failure(), new TypeError('fetch failed'), json({ id: 1 })], told.hooks);
  await client.contacts.get('id:1');
  for (const event of told.named('onResponse')) {
    assert.ok(event.durationMs >= 0 && event.durationMs < 1000);
    delete event.durationMs;
  }
  assert.deepEqual(told.events, [
    ['onRequest', { ...CALL, attempt: 1 }],
    ['onResponse', { ...CALL, attempt: 1, status: 503 }],
    ['onRetry', { ...CALL, attempt: 1, status: 503, outcome: 'unknown', delayMs: 0 }],
    ['onRequest', { ...CALL, attempt: 2 }],
    ['onResponse', { ...CALL, attempt: 2, status: undefined }],
    ['onRetry', { ...CALL, attempt: 2, status: undefined, outcome: 'unknown', delayMs: 0 }],
    ['onRequest', { ...CALL, attempt: 3 }],
    ['onResponse', { ...CALL, attempt: 3, status: 200 }],
  ]);
});

test('calls are numbered, and each event says of which call it is', async () => {
  const told = recorder();
  const { client } = scripted([json({ id: 1 }), json({ messageId: 1 })], told.hooks);
  await Promise.all([client.contacts.get('id:1'), client.messaging.send('id:1', MESSAGE)]);
  const seen = told.named('onResponse').map(({ call, operation, method }) => [call, operation, method]);
  assert.deepEqual(seen, [
    [1, 'getContact', 'GET'],
    [2, 'sendMessage', 'POST'],
  ]);
});

test('the time of an answer includes its body', async () => {
  const told = recorder();
  const start = async (body) => {
    await delay(60);
    body.enqueue(new TextEncoder().encode('{}'));
    body.close();
  };
  const { client } = scripted([() => new Response(new ReadableStream({ start }))], told.hooks);
  await client.contacts.get('id:1');
  assert.ok(told.named('onResponse')[0].durationMs >= 55);
});

const stalled = () => new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array([123])) }));

for (const [name, answer, status] of [
  ['never answered', hanging, undefined],
  ['whose body stalls', stalled, 200],
]) {
  for (const how of ['times out', 'is aborted']) {
    test(`a request ${name} and that ${how} has one onResponse`, async () => {
      const told = recorder();
      const { client } = scripted([answer], { ...told.hooks, maxRetries: 0, timeout: how === 'times out' ? 30 : 0 });
      const controller = new AbortController();
      const call = client.contacts.get('id:1', { signal: controller.signal });
      if (how === 'is aborted') setTimeout(() => controller.abort(), 30);
      await assert.rejects(call, { name: how === 'times out' ? 'TimeoutError' : 'AbortError' });
      assert.deepEqual(told.names(), ['onRequest', 'onResponse']);
      assert.equal(told.named('onResponse')[0].status, status);
    });
  }
}

test('of what is not sent nothing is told', async () => {
  const told = recorder();
  const { client } = scripted([], told.hooks);
  await assert.rejects(client.contacts.get('nobody'), { name: 'ValidationError' });
  await assert.rejects(client.contacts.get('id:1', { signal: AbortSignal.abort() }), { name: 'AbortError' });
  assert.deepEqual(told.events, []);
});

test('a call that onMismatch makes takes nothing of the answer that it is told of', async () => {
  const items = Array.from({ length: 60 }, (_, id) => ({ id, firstName: `Contact ${id}`, email: `${id}@example.com` }));
  items[59].firstName = 5;
  const text = 'x'.repeat(20_000);
  let sent;
  const onMismatch = () => {
    sent = client.messaging.send('id:1', { message: { type: 'text', text } });
  };
  const options = { onMismatch, responseValidation: 'warn', logLevel: 'off' };
  const { client } = scripted([json({ items, pagination: {} }), json({ messageId: 1 })], options);
  const page = await client.contacts.list();
  assert.deepEqual(page.items, items);
  assert.deepEqual(await sent, { messageId: 1 });
});

test('onRateLimit tells of a wait once, before its request', async () => {
  const told = recorder();
  const { client } = scripted([json({ id: 1 }), json({ id: 2 })], {
    ...told.hooks,
    rateLimit: { limit: 1, windowMs: 600 },
  });
  await Promise.all([client.contacts.get('id:1'), client.contacts.get('id:2')]);
  const [event, ...more] = told.named('onRateLimit');
  assert.deepEqual(more, []);
  const { waitMs, ...rest } = event;
  assert.deepEqual(rest, { ...CALL, call: 2, attempt: 1, reason: 'queue', queued: 1 });
  assert.ok(waitMs > 500 && waitMs < 602, `${waitMs} ms`);
  const second = told.events.filter(([, { call }]) => call === 2).map(([name]) => name);
  assert.deepEqual(second, ['onRateLimit', 'onRequest', 'onResponse']);
});

test('onRateLimit tells of a 429 before its onResponse, with the wait that is asked for', async () => {
  const told = recorder();
  const { client } = scripted([failure(429, { 'retry-after': '7' })], {
    ...told.hooks,
    maxRetries: 0,
    logLevel: 'off',
  });
  await assert.rejects(client.contacts.get('id:1'), { name: 'RateLimitError' });
  assert.deepEqual(told.named('onRateLimit'), [{ ...CALL, attempt: 1, reason: 'response', waitMs: 7000, queued: 0 }]);
  assert.deepEqual(told.names(), ['onRequest', 'onRateLimit', 'onResponse']);
});

for (const [responseValidation, times] of [
  ['warn', 2],
  ['throw', 0],
  ['off', 0],
]) {
  test(`onMismatch is told each time of what ${responseValidation} hands over: ${times} of 2`, async () => {
    const told = recorder();
    const strange = () => json({ id: 'x' });
    const { client } = scripted([strange, strange], { ...told.hooks, logger: told.logger, responseValidation });
    for (let i = 0; i < 2; i++) await client.contacts.get('id:1').catch(() => {});
    const rule = { field: 'id', rule: 'kind', message: 'must be an integer' };
    const expected = [1, 2].slice(0, times).map((call) => ({ ...CALL, call, attempt: 1, ...rule }));
    assert.deepEqual(told.named('onMismatch'), expected);
    assert.equal(told.lines.length, times ? 1 : 0, 'it is logged once');
  });
}

/** Calls that make every hook be called. */
async function everything(options) {
  const limited = failure(429, { 'retry-after': '0' });
  const answers = [limited, json({ id: 'x' }), json({ id: 1 })];
  const rateLimit = { limit: 2, windowMs: 100 };
  const { client } = scripted(answers, { responseValidation: 'warn', rateLimit, ...options });
  return [await client.contacts.get('id:1'), await client.contacts.get('id:1'), client];
}

const boom = () => {
  throw new Error('boom');
};
for (const [name, hook, text] of [
  ['throws', boom, 'Error: boom'],
  ['rejects', async () => boom(), 'Error: boom'],
  ['throws what is no error', () => Promise.reject('plain'), 'plain'],
]) {
  test(`a hook that ${name} changes nothing and is logged`, async () => {
    const told = recorder();
    const hooks = Object.fromEntries(HOOKS.map((one) => [one, hook]));
    const values = await everything({ ...hooks, logger: told.logger, logLevel: 'error' });
    assert.deepEqual(values.slice(0, 2), [{ id: 'x' }, { id: 1 }]);
    await delay(0);
    const lines = told.lines.map(([level, line]) => `${level} ${line}`);
    assert.deepEqual(
      [...new Set(lines)].sort(),
      HOOKS.map((one) => `error respond-io-wasm: ${one} threw: ${text}`).sort(),
    );
  });
}

for (const [name, broken] of [
  ['throws', boom],
  ['rejects', async () => boom()],
]) {
  test(`a logger that ${name} changes nothing`, async () => {
    const logger = Object.fromEntries(LEVELS.map((level) => [level, broken]));
    const values = await everything({ logger, logLevel: 'debug', onRequest: boom });
    assert.deepEqual(values.slice(0, 2), [{ id: 'x' }, { id: 1 }]);
    await delay(0);
  });
}

test('an error that cannot be said changes nothing either', async () => {
  const onRequest = () => {
    throw Object.create(null);
  };
  const values = await everything({ onRequest, logLevel: 'error' });
  assert.deepEqual(values.slice(0, 2), [{ id: 'x' }, { id: 1 }]);
});

test('a hook that changes its event changes nothing', async () => {
  const seen = [];
  const hooks = {
    onRequest: (event) => Object.assign(event, { call: 99, operation: 'x', attempt: 99 }),
    onResponse: ({ call, operation, attempt }) => seen.push([call, operation, attempt]),
  };
  const { client } = scripted([json({ id: 1 })], hooks);
  await client.contacts.get('id:1');
  assert.deepEqual(seen, [[1, 'getContact', 1]]);
});

test('each level logs what it is for, and what is above it', async () => {
  const expected = [
    ['debug', /: getContact: try 1$/],
    ['warn', /: getContact: rate limit \(response\), 0 ms, 0 waiting$/],
    ['error', /: onRequest threw: Error: boom$/],
    ['info', /: getContact: 429, tried again in 0 ms$/],
    // The 429 has lowered the limit to 1, so that both requests that follow wait.
    ['info', /: getContact: rate limit \(queue\), \d+ ms, 1 waiting$/],
    ['debug', /: getContact: try 2$/],
    ['error', /: onRequest threw: Error: boom$/],
    ['warn', /: getContact was answered with an unexpected value: id must be an integer$/],
    ['info', /: getContact: rate limit \(queue\), \d+ ms, 1 waiting$/],
    ['debug', /: getContact: try 1$/],
    ['error', /: onRequest threw: Error: boom$/],
  ];
  for (const logLevel of [...LEVELS, 'off']) {
    const told = recorder();
    await everything({ logger: told.logger, logLevel, onRequest: boom });
    const from = [...LEVELS, 'off'].indexOf(logLevel);
    const due = expected.filter(([level]) => LEVELS.indexOf(level) >= from);
    const levels = (list) => list.map(([level]) => level).sort();
    assert.deepEqual(levels(told.lines), levels(due), logLevel);
    for (const [level, pattern] of due) {
      assert.ok(
        told.lines.some(([one, text]) => one === level && pattern.test(text)),
        `${logLevel}: ${level} ${pattern}`,
      );
    }
    assert.ok(told.lines.every(([, text]) => text.startsWith('respond-io-wasm: ')));
  }
  assert.deepEqual(printed, [], 'the console is left alone');
});

test('without a logger the console is warned, of warnings only', async () => {
  await everything({});
  assert.deepEqual(
    printed.map(([level]) => level),
    ['warn', 'warn'],
  );
  printed = [];
  const { client } = scripted([failure(), json({ id: 1 })]);
  await client.contacts.get('id:1');
  assert.deepEqual(printed, []);
});

test('stats count calls, requests, repetitions, failures and 429s', async () => {
  const answers = [failure(429, { 'retry-after': '0' }), failure(), json({ id: 1 }), failure(404), hanging, json({})];
  const { client } = scripted(answers, { logLevel: 'off', rateLimit: { windowMs: 50 } });
  const none = { calls: 0, failed: 0, requests: 0, retries: 0, rateLimited: 0, queued: 0, inFlight: 0, buckets: [] };
  assert.deepEqual(client.stats(), none);
  await client.contacts.get('id:1');
  await assert.rejects(client.contacts.get('id:2'), { name: 'NotFoundError' });
  await assert.rejects(client.contacts.get('nobody'), { name: 'ValidationError' });
  const controller = new AbortController();
  const call = client.messaging.send('id:1', MESSAGE, { signal: controller.signal });
  await delay(10);
  const stats = client.stats();
  const { buckets, ...counts } = stats;
  assert.deepEqual(counts, { calls: 4, failed: 2, requests: 5, retries: 2, rateLimited: 1, queued: 0, inFlight: 1 });
  const [gets, posts] = buckets;
  assert.deepEqual(gets, { bucket: 'GET', limit: 4, queued: 0, inFlight: 0, pausedMs: 0 });
  assert.deepEqual(posts, { bucket: 'POST', limit: 5, queued: 0, inFlight: 1, pausedMs: 0 });
  controller.abort();
  await assert.rejects(call, { name: 'AbortError' });
  assert.equal(stats.failed, 2, 'what was given does not change');
  assert.equal(client.stats().failed, 3);
});

test('a repetition that was never sent is counted as none', async () => {
  const { client } = scripted([failure(429, { 'retry-after': '5' })], { logLevel: 'off' });
  await assert.rejects(client.contacts.get('id:1', { signal: AbortSignal.timeout(30) }), { name: 'AbortError' });
  const { requests, retries } = client.stats();
  assert.deepEqual([requests, retries], [1, 0]);
});

test('a try that a hook aborts has one end, under its own number', async () => {
  const controller = new AbortController();
  const events = [];
  const { client } = scripted([failure(503), json({ id: 1 })], {
    logLevel: 'off',
    onRequest: ({ attempt }) => {
      events.push(['request', attempt]);
      if (attempt === 2) controller.abort();
    },
    onResponse: ({ attempt, status }) => events.push(['response', attempt, status]),
  });
  await assert.rejects(client.contacts.get('id:1', { signal: controller.signal }), { name: 'AbortError' });
  assert.deepEqual(events, [
    ['request', 1],
    ['response', 1, 503],
    ['request', 2],
    ['response', 2, undefined],
  ]);
});

test('stats tell how many calls wait, and for how long a bucket is paused', async () => {
  const answers = Array.from({ length: 4 }, (_, id) => (id ? json({ id }) : failure(429, { 'retry-after': '1' })));
  const { client } = scripted(answers, { maxRetries: 0, logLevel: 'off', rateLimit: { limit: 1, windowMs: 50 } });
  await assert.rejects(client.contacts.get('id:1'), { name: 'RateLimitError' });
  const calls = [client.contacts.get('id:1'), client.customFields.list().catch(() => {})];
  await delay(10);
  const { queued, buckets } = client.stats();
  assert.deepEqual([queued, buckets[0].queued], [2, 2]);
  assert.ok(buckets[0].pausedMs > 800 && buckets[0].pausedMs < 1000);
  await Promise.all(calls);
  assert.equal(client.stats().queued, 0);
});

/** Everything that a value shows of itself. */
function shown(value) {
  const deep = inspect(value, { depth: Infinity, showHidden: true, getters: true, maxStringLength: Infinity });
  const described = value instanceof Object ? Object.getOwnPropertyDescriptors(value) : {};
  return [deep, String(value), JSON.stringify(value), JSON.stringify(described), value?.stack].join('\n');
}

/** What nobody but the service may see, and where it is put. */
const SECRETS = {
  token: 'secret-token-1234567890',
  identifier: 'secret.person@example.com',
  request: 'secret words to a customer',
  response: 'secret words of an answer',
  header: 'secret-header-value',
  reason: 'secret words of a refusal',
};

test('token, identifiers, headers and bodies are in no event and no log line', async () => {
  const told = recorder();
  const refusal = (status) => json({ message: SECRETS.reason }, { status, headers: { 'x-secret': SECRETS.header } });
  const answers = [
    () => refusal(429),
    () => refusal(503),
    () => json({ id: SECRETS.response, email: SECRETS.identifier, tags: SECRETS.response }),
    () => refusal(404),
    () => new Error(`connect to ${SECRETS.identifier}`),
    () => json(`{"${SECRETS.response}`),
    stalled,
    () => json({ items: [{ id: SECRETS.response }], pagination: { cursorId: 1, hasMore: true } }),
    () => json({ messageId: SECRETS.response }),
  ];
  const { client, requests } = scripted(
    answers.map((answer) => (request) => {
      const given = answer(request);
      if (given instanceof Error) throw given;
      return given;
    }),
    {
      ...told.hooks,
      apiToken: SECRETS.token,
      headers: { 'x-secret': SECRETS.header },
      logger: told.logger,
      logLevel: 'debug',
      responseValidation: 'warn',
      stallTimeout: 20,
      rateLimit: { limit: 3, windowMs: 100 },
    },
  );
  const identifier = `email:${SECRETS.identifier}`;
  const objects = [client, client.contacts, client.contacts.get];
  const keep = (call) => {
    objects.push(call);
    return call.then(
      (value) => objects.push(value, inspect(client.stats()), client.stats()),
      (error) => objects.push(error),
    );
  };
  await keep(client.contacts.get(identifier));
  for (let i = 0; i < 4; i++) await keep(client.contacts.get(identifier, { maxRetries: 0 }));
  await keep(client.contacts.list({}, { headers: { 'x-secret': SECRETS.header } }));
  const message = { message: { type: 'text', text: SECRETS.request } };
  await keep(client.messaging.send(identifier, message));
  await keep(client.contacts.get(SECRETS.identifier));
  await keep(client.contacts.create({ firstName: 1, lastName: SECRETS.request }));
  assert.equal(requests.length, answers.length);
  assert.deepEqual([...new Set(told.names())].sort(), [...HOOKS].sort(), 'every hook was called');
  assert.ok(['debug', 'info', 'warn'].every((level) => told.lines.some(([one]) => one === level)));

  for (const value of [...told.events.map(([, event]) => event), ...told.lines.map(([, line]) => line)]) {
    for (const [name, secret] of Object.entries(SECRETS)) {
      assert.ok(!shown(value).includes(secret), `${name} is in ${inspect(value)}`);
    }
  }
  // A value holds what the service said, and an error its answer; neither holds what was sent for the service alone.
  assert.equal(objects.filter((object) => object instanceof Error).length, 6);
  for (const object of objects) {
    for (const name of ['token', 'request', 'header']) {
      assert.ok(!shown(object).includes(SECRETS[name]), `${name} is in ${inspect(object)}`);
    }
  }
});

for (const [path, options] of [
  ['onRequest', { onRequest: 'log' }],
  ['onMismatch', { onMismatch: null }],
  ['logger.debug', { logger: { info() {}, warn() {}, error() {} } }],
  ['logger.error', { logger: { debug() {}, info() {}, warn() {}, error: 1 } }],
  ['logLevel', { logLevel: 'verbose' }],
  ['stallTimeout', { stallTimeout: -1 }],
  ['totalTimeout', { totalTimeout: 1.5 }],
  ['maxRetryDelayMs', { maxRetryDelayMs: '60' }],
  ['retryUnsafe', { retryUnsafe: 1 }],
  ['rateLimit', { rateLimit: 5 }],
  ['rateLimit.limits', { rateLimit: { limits: 5 } }],
  ['rateLimit.limit', { rateLimit: { limit: 0 } }],
  ['rateLimit.limit', { rateLimit: { limit: 100_001 } }],
  ['rateLimit.windowMs', { rateLimit: { windowMs: 0 } }],
  ['rateLimit.key', { rateLimit: { key: 'path' } }],
  ['rateLimit.group', { rateLimit: { group: 1 } }],
  ['rateLimit.maxQueue', { rateLimit: { maxQueue: -1 } }],
  ['rateLimit.maxWaitMs', { rateLimit: { maxWaitMs: Infinity } }],
]) {
  test(`${path} of another kind is refused`, () => {
    assert.throws(
      () => new RespondIO({ apiToken: 'token', ...options }),
      (error) => error instanceof ValidationError && error.path === path && error.outcome === 'not_sent',
    );
  });
}
