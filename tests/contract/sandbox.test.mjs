// The sandbox against the contract: every operation, every documented answer, every route.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { OPERATIONS, UNDOCUMENTED, validateExchange } from './validate.mjs';

const JSON_TYPE = { 'content-type': 'application/json' };
const TOKEN = { authorization: 'Bearer sandbox' };
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** For each operation a request that succeeds, in an order in which each has something to do. */
const REQUESTS = {
  createContact: [
    {},
    { firstName: 'Aida', email: 'aida@example.com', phone: '+60123456789', profilePic: 'https://example.com/a.png' },
  ],
  createOrUpdateContact: [{ identifier: 'email:ben@example.com' }, { firstName: 'Ben' }],
  listContacts: [{}],
  getContact: [{ identifier: 'id:1' }],
  updateContact: [{ identifier: 'id:1' }, { lastName: 'Lim' }],
  listContactChannels: [{ identifier: 'id:1' }],
  addContactTags: [{ identifier: 'id:1' }, ['vip', 'newsletter']],
  removeContactTags: [{ identifier: 'id:1' }, ['newsletter']],
  sendMessage: [{ identifier: 'id:1' }, { channelId: 1, message: { type: 'text', text: 'Hello' } }],
  getMessage: [{ identifier: 'id:1', messageId: undefined }],
  updateConversationStatus: [{ identifier: 'id:1' }, { status: 'close', closingNoteId: 3 }],
  assignConversation: [{ identifier: 'id:1' }, { assignee: null }],
  createComment: [{ identifier: 'id:1' }, { text: 'Call back @[agent@example.com]' }],
  createTag: [{}, { name: 'lead' }],
  updateTag: [{ tagId: 1 }, { name: 'client' }],
  deleteTag: [{ tagId: 1 }],
  createCustomField: [{}, { name: 'Plan', type: 'list', options: ['a', 'b'] }],
  listCustomFields: [{}],
  mergeContacts: [{}, { primaryContactId: 1, secondaryContactId: 2 }],
  deleteContact: [{ identifier: 'id:1' }],
};

let server;
/** The undocumented statuses that were seen. */
const seen = new Set();

before(async () => {
  server = await serveSandbox({ port: 0, rateLimit: false });
});
after(() => server.close());

describe('every operation', () => {
  let messageId;

  for (const id of Object.keys(REQUESTS)) {
    test(`${id} answers as the contract says`, async () => {
      const [parameters, body] = REQUESTS[id];
      const operation = OPERATIONS.find((operation) => operation.id === id);
      const text = await ask(operation, { messageId, ...parameters, ...(messageId && { messageId }) }, body, 200);
      if (id === 'sendMessage') messageId = JSON.parse(text).messageId;
    });
  }

  test('all of the contract were asked', () => {
    assert.deepEqual(Object.keys(REQUESTS).sort(), OPERATIONS.map(({ id }) => id).sort());
  });

  for (const { id, statuses } of OPERATIONS) {
    if (!statuses.includes(404)) continue;
    test(`${id} answers 404 as the contract says`, async () => {
      const operation = OPERATIONS.find((operation) => operation.id === id);
      await ask(operation, { identifier: 'id:999', messageId: 999 }, REQUESTS[id][1], 404);
    });
  }

  test('every operation answers 429 as the contract says', async (context) => {
    context.after(() => server.sandbox.configure({ rateLimit: false }));
    server.sandbox.configure({ rateLimit: { limit: 1, windowMs: 60_000 } });
    const first = new Map([...OPERATIONS].reverse().map((operation) => [operation.method, operation]));
    for (const { method, path } of first.values()) await send(method, fill(path, {}));
    for (const operation of OPERATIONS) {
      await ask(
        operation,
        { identifier: 'id:1', messageId: 1, tagId: 1 },
        REQUESTS[operation.id][1],
        429,
        (response) => {
          assert.match(response.headers.get('retry-after'), /^[1-9]\d*$/);
        },
      );
    }
  });
});

describe('routes', () => {
  for (const path of new Set(OPERATIONS.map(({ path }) => path))) {
    test(`${path} takes the contract's methods and no others`, async () => {
      const permitted = OPERATIONS.filter((operation) => operation.path === path).map(({ method }) => method);
      for (const method of METHODS) {
        const { status } = await send(method, fill(path, {}));
        if (permitted.includes(method)) assert.notEqual(status, 405, method);
        else assert.equal(status, 405, method);
      }
    });
  }

  for (const path of [
    '/contacts',
    '/',
    '/contact/id:1/tags',
    '/tag/1/2',
    '/contact/id:1/message/1/x',
    '/custom_field/1',
  ]) {
    test(`${path} is unknown`, async () => {
      await send('GET', path).then(({ status }) => assert.equal(status, 404));
    });
  }
});

describe('what the contract does not give', () => {
  const cases = [
    ['no token', 401, 'GET', '/contact/list', undefined, {}],
    ['a wrong token', 401, 'GET', '/contact/list', undefined, { authorization: 'Bearer other' }],
    ['a body that is no JSON', 400, 'POST', '/tag', '{', { ...TOKEN, ...JSON_TYPE }],
    ['a body of another type', 415, 'POST', '/tag', '{"name":"x"}', { ...TOKEN, 'content-type': 'text/plain' }],
    ['a body that is too large', 413, 'POST', '/tag', 'x'.repeat(2 ** 21), { ...TOKEN, ...JSON_TYPE }],
    ['another method', 405, 'PUT', '/tag', '{"name":"x"}', { ...TOKEN, ...JSON_TYPE }],
    ['a tag that exists', 409, 'POST', '/tag', '{"name":"twice"}', { ...TOKEN, ...JSON_TYPE }],
    [
      'a message to nobody',
      404,
      'POST',
      '/contact/id:999/message',
      '{"message":{"type":"text","text":"x"}}',
      { ...TOKEN, ...JSON_TYPE },
    ],
  ];
  for (const [name, status, method, path, body, headers] of cases) {
    test(`${name} is a ${status} with the Error body`, async () => {
      if (status === 409) await fetch(`${server.url}/v2${path}`, { method, body, headers });
      const response = await fetch(`${server.url}/v2${path}`, { method, body, headers });
      assert.equal(response.status, status);
      const error = await response.json();
      assert.deepEqual([typeof error.message, error.status], ['string', status]);
      seen.add(status);
    });
  }

  test('every listed status was seen', () => {
    assert.deepEqual([...UNDOCUMENTED.keys()].sort(), [...seen].sort());
  });
});

/** Sends an operation's request and checks request and response; gives the response's text. */
async function ask(operation, parameters, body, expected, look = () => {}) {
  const path = fill(operation.path, parameters);
  const requestBody = body === undefined ? '' : JSON.stringify(body);
  const response = await send(operation.method, path, requestBody || undefined);
  const responseBody = await response.text();
  assert.equal(response.status, expected, responseBody);
  const { method, id } = operation;
  const exchange = { method, url: path, requestBody, status: response.status, responseBody };
  assert.deepEqual(validateExchange(exchange), { operation: id, problems: [] });
  look(response);
  return responseBody;
}

function send(method, path, body) {
  const headers = body === undefined ? TOKEN : { ...TOKEN, ...JSON_TYPE };
  return fetch(`${server.url}/v2${path}`, { method, body, headers });
}

function fill(path, parameters) {
  const defaults = { identifier: 'id:1', messageId: 1, tagId: 1 };
  return path.replace(/\{(\w+)\}/g, (_, name) => parameters[name] ?? defaults[name]);
}
