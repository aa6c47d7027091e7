// The entry `/live`: what it sends, reads and throws, with scripted answers.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import * as contract from 'respond-io-wasm';
import * as live from 'respond-io-wasm/live';
import { CALLS } from './live-operations.mjs';
import { json } from './scripted.mjs';

const { RespondIO, RespondIOError } = live;
const BASE_URL = 'https://example.test/v2';

/** A client whose fetch gives the answers in turn, the last one for good; and what it was asked. */
function scripted(answers, options = {}) {
  const requests = [];
  const fetch = async (url, init) => {
    requests.push([init.method, url.replace(BASE_URL, ''), ...(init.body ? [JSON.parse(init.body)] : [])]);
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    return answer instanceof Response ? answer.clone() : answer(url);
  };
  const defaults = { apiToken: 'token', baseUrl: BASE_URL, fetch, rateLimit: false, responseValidation: 'throw' };
  return { client: new RespondIO({ ...defaults, ...options }), requests };
}

const refusal = async (status, body, headers = {}) => {
  const { client } = scripted([json(body, { status, headers })], { maxRetries: 0 });
  return client.contacts.get('id:1').catch((error) => error);
};

for (const { id, resource, method, args, request, answer } of CALLS) {
  test(`${id}: ${request.slice(0, 2).join(' ')}`, async () => {
    const { client, requests } = scripted([json(answer)]);
    const value = await client[resource][method](...args);
    assert.deepEqual(requests, [request]);
    assert.deepEqual(value.raw ? { items: value.items } : value, value.raw ? { items: answer.items } : answer);
  });
}

test('the table has every operation', () => {
  const { operations } = JSON.parse(
    execFileSync('cargo', ['run', '-q', '-p', 'xtask', '--', 'describe', 'live'], { encoding: 'utf8' }),
  );
  assert.deepEqual(
    CALLS.map(({ id, resource, method }) => [id, resource, method]),
    operations.map(({ id, resource, name }) => [id, resource, name]),
  );
});

test('options of a call come last, and a call gives its response', async () => {
  const { client, requests } = scripted([json({ contactId: 1 }, { headers: { 'x-request-id': 'r' } })]);
  const call = client.contacts.addTags('id:1', ['vip'], { timeout: 5, headers: { 'x-a': 'b' } });
  const { data, response } = await call.withResponse();
  assert.deepEqual([data, response.headers.get('x-request-id')], [{ contactId: 1 }, 'r']);
  await assert.rejects(client.contacts.get('id:1', { signal: AbortSignal.abort() }), live.AbortError);
  assert.equal(requests.length, 1);
  assert.equal(client.stats().requests, 1);
});

const CONTACT = { id: 1, firstName: 'A', created_at: 1 };
const MESSAGE = {
  messageId: 1783996922700277,
  contactId: 1,
  channelId: 2,
  traffic: 'incoming',
  message: { type: 'text', text: 'Hi' },
};

for (const [name, method, body] of [
  ['null anywhere', 'contact', { ...CONTACT, lastName: null, phone: null, email: null, tags: null, status: null }],
  ['no assignee', 'contact', { ...CONTACT, assignee: null, lifecycle: null }],
  ['an empty assignee', 'contact', { ...CONTACT, assignee: {}, custom_fields: [] }],
  ['a lifecycle by name', 'contact', { ...CONTACT, lifecycle: 'Lead', locale: 'en', isBlocked: false }],
  ['a lifecycle as an object', 'contact', { ...CONTACT, lifecycle: { name: 'Lead' }, newField: [1] }],
  [
    'values of every kind',
    'contact',
    { ...CONTACT, custom_fields: ['a', 1, 1.5, true, null].map((value) => ({ name: 'f', value })) },
  ],
  ['an unknown status', 'contact', { ...CONTACT, status: 'snoozed' }],
  ['a channel message id as text', 'message', { ...MESSAGE, channelMessageId: 'wamid.1' }],
  ['a channel message id as a number', 'message', { ...MESSAGE, channelMessageId: 5 }],
  ['a status by itself', 'message', { ...MESSAGE, status: { value: 'sent', timestamp: 1 } }],
  ['a list of statuses', 'message', { ...MESSAGE, status: [{ value: 'failed', timestamp: '1', message: 'no' }] }],
  ['an unknown type of message', 'message', { ...MESSAGE, message: { type: 'location', latitude: 1.5 } }],
]) {
  test(`read leniently: ${name}`, async () => {
    const { client } = scripted([json(body)]);
    const read = method === 'contact' ? client.contacts.get('id:1') : client.messaging.get('id:1', 5);
    assert.deepEqual(await read, body);
  });
}

test('what the service is said to send always is missed, and handed over all the same', async () => {
  const missed = [];
  const options = { responseValidation: 'warn', onMismatch: (event) => missed.push(event.field), logLevel: 'off' };
  const { client } = scripted([json({ id: 1, firstName: null })], options);
  assert.deepEqual(await client.contacts.get('id:1'), { id: 1, firstName: null });
  assert.deepEqual(missed, ['firstName']);
});

/** A list whose pages are named by their cursors, each with that of the next. */
function pages(next) {
  return scripted(
    [
      (url) => {
        const cursor = new URL(url).searchParams.get('cursorId') ?? 'first';
        const address = next[cursor] && `https://api.respond.io/v2/space/user?limit=100&cursorId=${next[cursor]}`;
        return json({ items: [{ id: Number(cursor) || 1 }], pagination: { next: address ?? null, previous: null } });
      },
    ],
    { responseValidation: 'off' },
  );
}

for (const [name, next, ids] of [
  ['the last page names no next one', { first: '5', 5: '7' }, [1, 5, 7]],
  ['a cursor of zero ends', { first: '5', 5: '0' }, [1, 5]],
  ['a negative cursor ends', { first: '-1' }, [1]],
  ['a cursor that comes at once again ends', { first: '5', 5: '5' }, [1, 5]],
  ['a circle ends', { first: '5', 5: '7', 7: '5' }, [1, 5, 7]],
]) {
  test(`lists: ${name}`, async () => {
    const { client } = pages(next);
    const seen = [];
    for await (const user of client.space.listUsers()) seen.push(user.id);
    assert.deepEqual(seen, ids);
  });
}

test('lists: a page leads to the next one, with the same arguments', async () => {
  const { client, requests } = pages({ first: '5' });
  const page = await client.messaging.list('id:1', { limit: 9 });
  assert.ok(page.hasNextPage());
  const next = await page.nextPage();
  assert.ok(!next.hasNextPage());
  assert.deepEqual(
    requests.map(([, target]) => target),
    ['/contact/id:1/message/list?limit=9', '/contact/id:1/message/list?limit=9&cursorId=5'],
  );
  assert.equal(page.pagination.next, 'https://api.respond.io/v2/space/user?limit=100&cursorId=5');
});

test('lists: a filter goes with every page', async () => {
  const { client, requests } = pages({ first: '5' });
  const filter = live.all(live.where.field('age', 'isGreaterThan', '17'));
  for await (const _ of client.contacts.list({ timezone: 'UTC', filter }));
  const body = { timezone: 'UTC', filter };
  assert.deepEqual(requests, [
    ['POST', '/contact/list?limit=100', body],
    ['POST', '/contact/list?cursorId=5&limit=100', body],
  ]);
});

test('lists: without pagination there is one page, and without items it is an error', async () => {
  const whole = scripted([json({ items: [] })], { responseValidation: 'off' });
  assert.equal((await whole.client.space.listUsers()).hasNextPage(), false);
  for (const body of ['{"items":5}', 'null']) {
    const broken = scripted([json(body)], { responseValidation: 'off' });
    await assert.rejects(async () => broken.client.space.listUsers(), live.DecodeError, body);
  }
});

test('conditions are the plain JSON that the service takes', () => {
  const { where, all, any } = live;
  assert.deepEqual(all(where.field('age', 'isBetween', { from: '1', to: '5' }), where.tags('hasAnyOf', ['vip'])), {
    $and: [
      { category: 'contactField', field: 'age', operator: 'isBetween', value: { from: '1', to: '5' } },
      { category: 'contactTag', field: null, operator: 'hasAnyOf', value: ['vip'] },
    ],
  });
  assert.deepEqual(any(where.lifecycle('isEqualTo', 'Lead'), where.field('email', 'exists')), {
    $or: [
      { category: 'lifecycle', field: null, operator: 'isEqualTo', value: 'Lead' },
      { category: 'contactField', field: 'email', operator: 'exists', value: null },
    ],
  });
});

for (const [status, name] of [
  [400, 'isValidationError'],
  [401, 'isAuthError'],
  [404, 'isNotFoundError'],
  [429, 'isRateLimitError'],
  [500, 'isServerError'],
  [409, undefined],
]) {
  test(`a ${status} is ${name}`, async () => {
    const error = await refusal(status, { code: status, message: 'No' });
    const names = ['isValidationError', 'isAuthError', 'isNotFoundError', 'isRateLimitError', 'isServerError'];
    assert.deepEqual(
      names.filter((one) => error[one]()),
      name ? [name] : [],
    );
    assert.deepEqual([error.statusCode, error.code], [status, status]);
  });
}

test('an error says what the headers say of the limit, and is JSON for a log', async () => {
  const headers = { 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0', 'retry-after': '2' };
  const error = await refusal(429, { code: 429, message: 'Too many' }, headers);
  assert.deepEqual(error.rateLimitInfo, { limit: 5, remaining: 0, retryAfter: 2 });
  assert.deepEqual(JSON.parse(JSON.stringify(error)), {
    statusCode: 429,
    code: 429,
    message: 'getContact was answered with 429: Too many',
    rateLimitInfo: { limit: 5, remaining: 0, retryAfter: 2 },
  });
  assert.equal((await refusal(404, {})).rateLimitInfo, undefined);
});

test('an error is one of both entries, and one of the arguments has no code', async () => {
  const error = await scripted([])
    .client.contacts.get('id:0')
    .catch((error) => error);
  assert.ok(error instanceof contract.ValidationError && error instanceof RespondIOError);
  assert.deepEqual([error.isValidationError(), error.code, error.reason], [true, undefined, undefined]);
});

for (const [status, message, reason] of [
  [400, 'Message cannot be sent outside the 24-hour window', 'window_closed'],
  [400, 'The messaging window is closed', 'window_closed'],
  [400, '(#131047) Re-engagement message', 'window_closed'],
  [449, 'Try again', 'contact_new'],
  [409, 'The contact is being created', 'contact_new'],
  [404, 'Contact not found', 'contact_unknown'],
  [409, 'A contact with this email already exists', 'contact_exists'],
  [404, 'Channel not found', 'channel_unknown'],
  [400, 'Something else', undefined],
]) {
  test(`the reason of "${message}" is ${reason}`, async () => {
    assert.equal((await refusal(status, { code: status, message })).reason, reason);
  });
}

const NEW = { code: 449, message: 'Contact not found' };
const CALLS_ON_NEW = {
  read: (client, options) => client.contacts.get('id:1', options),
  send: (client, options) => client.messaging.send('id:1', { message: { type: 'text', text: 'Hi' } }, options),
};

for (const [name, send] of Object.entries(CALLS_ON_NEW)) {
  test(`a ${name} waits 2 to 30 seconds for a contact that is new by the code of any 4xx`, async () => {
    for (const [status, code] of [
      [400, 449],
      [404, '449'],
      [409, 449],
      [499, 449],
      [449, 449],
      [449, 400],
    ]) {
      const stop = new AbortController();
      const delays = [];
      const onRetry = ({ delayMs }) => {
        delays.push(delayMs);
        stop.abort();
      };
      const { client } = scripted([json({ ...NEW, code }, { status })], { onRetry });
      await assert.rejects(send(client, { signal: stop.signal }), { name: 'AbortError', outcome: 'rejected' });
      assert.ok(delays.length === 1 && delays[0] >= 2000 && delays[0] <= 30_000, `${status} ${code}: ${delays}`);
    }
  });

  test(`a ${name} on a contact that is new by the code alone is repeated within its time`, async () => {
    const refused = json(NEW, { status: 404, headers: { 'retry-after': '0' } });
    const { client, requests } = scripted([refused, json({ id: 1, firstName: 'A', created_at: 1, messageId: 7 })]);
    await send(client);
    assert.equal(requests.length, 2);
    const { client: brief } = scripted([json(NEW, { status: 404 })]);
    const error = await send(brief, { totalTimeout: 1900 }).catch((error) => error);
    assert.deepEqual([error.name, error.attempts, error.reason], ['NotFoundError', 1, 'contact_new']);
  });
}

test('the code of another status than 4xx, and another code, say nothing of a new contact', async () => {
  for (const [status, code] of [
    [500, 449],
    [400, 4490],
    [400, [449, 1]],
    [404, null],
  ]) {
    const { client, requests } = scripted([json({ code, message: 'No' }, { status })]);
    const error = await CALLS_ON_NEW.send(client).catch((error) => error);
    assert.deepEqual([error.reason, requests.length], [undefined, 1], `${status} ${code}`);
  }
});

test('the default entry heeds the status alone', async () => {
  const fetch = async () => json(NEW, { status: 404 });
  const client = new contract.RespondIO({ apiToken: 'token', baseUrl: BASE_URL, fetch, rateLimit: false });
  await assert.rejects(client.contacts.get('id:1'), { name: 'NotFoundError', attempts: 1 });
});

test('a route that the service does not know hints at no other entry', async () => {
  const { client } = scripted([json({ message: 'Cannot GET /v2' }, { status: 404 })], {
    baseUrl: 'https://api.respond.io/v2',
  });
  await assert.rejects(client.contacts.get('id:1'), (error) => !error.message.includes('respond-io-wasm/live'));
});

test('the vendor calls some things by other names', () => {
  assert.equal(live.default, RespondIO);
  assert.equal(live.RespondIOError, contract.RespondIOError);
});
