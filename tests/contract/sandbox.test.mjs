// The sandbox against the contract: every operation, every documented answer, every route.

import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { createSandbox } from 'respond-io-wasm/sandbox';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { OPERATIONS, UNDOCUMENTED, validateExchange } from './validate.mjs';

const BASE_URL = 'https://api.respond.io/v2';
const TOKEN = { authorization: 'Bearer sandbox' };
const HEADERS = { ...TOKEN, 'content-type': 'application/json' };
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const CONTACT = { identifier: 'id:1' };
const ERRORS = [404, 429];

/** For each operation the parameters and the body of a request that succeeds, in an order in which each can. */
const REQUESTS = {
  createContact: [
    {},
    { firstName: 'Aida', email: 'aida@example.com', phone: '+60123456789', profilePic: 'https://example.com/a.png' },
  ],
  createOrUpdateContact: [{ identifier: 'email:ben@example.com' }, { firstName: 'Ben' }],
  listContacts: [{}],
  getContact: [CONTACT],
  updateContact: [CONTACT, { lastName: 'Lim' }],
  listContactChannels: [CONTACT],
  createTag: [{}, { name: 'lead' }],
  addContactTags: [CONTACT, ['vip', 'newsletter']],
  removeContactTags: [CONTACT, ['newsletter']],
  sendMessage: [CONTACT, { channelId: 1, message: { type: 'text', text: 'Hello' } }],
  getMessage: [{ ...CONTACT, messageId: 1 }],
  updateConversationStatus: [CONTACT, { status: 'close', closingNoteId: 3 }],
  assignConversation: [CONTACT, { assignee: null }],
  createComment: [CONTACT, { text: 'Call back @[agent@example.com]' }],
  updateTag: [{ tagId: 1 }, { name: 'client' }],
  deleteTag: [{ tagId: 1 }],
  createCustomField: [{}, { name: 'Plan', type: 'list', options: ['a', 'b'] }],
  listCustomFields: [{}],
  mergeContacts: [{}, { primaryContactId: 1, secondaryContactId: 2 }],
  deleteContact: [CONTACT],
};

/** The statuses that were seen where the contract does not give them. */
const seen = new Set();
let sandbox;

beforeEach(async () => {
  sandbox = await createSandbox({ rateLimit: false });
});

describe('every operation', () => {
  test('answers 200 as the contract says', async () => {
    const ids = Object.keys(REQUESTS);
    assert.deepEqual(ids.toSorted(), OPERATIONS.map(({ id }) => id).toSorted());
    let messageId;
    for (const id of ids) {
      const [parameters, body] = REQUESTS[id];
      const response = await ask(named(id), { ...parameters, messageId }, body);
      assert.equal(response.status, 200, `${id}: ${response.body}`);
      if (id === 'sendMessage') ({ messageId } = JSON.parse(response.body));
    }
  });

  test('answers null where the contract permits it', async () => {
    const answer = async (...request) => JSON.parse((await ask(...request)).body);
    const contact = await answer(named('createContact'), {}, {});
    const page = await answer(named('listContacts'), {});
    const conversation = await answer(named('updateConversationStatus'), CONTACT, { status: 'open' });
    const nulls = [contact.assignee, page.pagination.cursorId, conversation.assignee, conversation.closed];
    assert.deepEqual(nulls, [null, null, null, null]);
  });

  for (const { id, statuses } of OPERATIONS) {
    test(`${id} gives every error that the contract gives`, async () => {
      assert.deepEqual(
        statuses.filter((status) => status !== 200 && !ERRORS.includes(status)),
        [],
      );
      const [, body] = REQUESTS[id];
      const unknown = { identifier: 'id:999', messageId: 999, tagId: 999 };
      if (statuses.includes(404)) assert.equal((await ask(named(id), unknown, body)).status, 404);
      assert.ok(statuses.includes(429));
      // The window follows the sandbox's clock, which must not move between the two requests.
      sandbox.clock.freeze();
      sandbox.configure({ rateLimit: { limit: 1, windowMs: 60_000 } });
      await ask(named(id), unknown, body);
      const { status, headers } = await ask(named(id), unknown, body);
      assert.deepEqual([status, headers.get('retry-after')], [429, '60']);
    });
  }
});

describe('routes', () => {
  for (const path of new Set(OPERATIONS.map(({ path }) => path))) {
    test(`${path} takes the contract's methods and no others`, async () => {
      for (const method of METHODS) {
        const { id = null } =
          OPERATIONS.find((operation) => operation.path === path && operation.method === method) ?? {};
        const { status, body } = await send(method, fill(path));
        assert.equal(sandbox.journal().at(-1).operation, id, method);
        assert.equal(status === 405, id === null, `${method}: ${status}`);
        if (id === null) seen.add(isError(body, 405));
      }
    });
  }

  const unknown = ['', '/', '/contacts', '/contact/', '/contact/id:1/tags', '/tag/1/2', '/contact/id:1/message/1/x'];
  for (const path of unknown) {
    test(`'${path}' is unknown`, async () => {
      for (const method of METHODS) {
        const { status, body } = await send(method, path);
        assert.equal(status, 404, method);
        isError(body, 404);
      }
    });
  }
});

describe('what the contract does not give', () => {
  for (const operation of OPERATIONS) {
    test(`${operation.id} refuses with the Error body`, async () => {
      await send('POST', '/tag', '{"name":"x"}');
      for (const [name, status, path, body, headers] of refusals(operation)) {
        const response = await asked(operation, path, body, headers);
        assert.equal(response.status, status, `${name}: ${response.body}`);
      }
    });
  }

  test('what exists cannot be created again: 409', async () => {
    for (const id of ['createContact', 'createTag', 'createCustomField']) {
      const [parameters, body] = REQUESTS[id];
      assert.equal((await ask(named(id), parameters, body)).status, 200);
      assert.equal((await ask(named(id), parameters, body)).status, 409, id);
    }
  });

  test('a body larger than the server reads: 413', async () => {
    const server = await serveSandbox({ port: 0 });
    try {
      const body = JSON.stringify({ name: 'x'.repeat(2 ** 21) });
      const response = await fetch(`${server.url}/v2/tag`, { method: 'POST', body, headers: HEADERS });
      const { status } = response;
      const exchange = { method: 'POST', url: '/tag', requestBody: body, status, responseBody: await response.text() };
      assert.deepEqual(validateExchange(exchange), { operation: 'createTag', problems: [] });
      seen.add(status);
    } finally {
      await server.close();
    }
  });

  test('every status in the list was seen, and no other', () => {
    assert.deepEqual([...seen].sort(), [...UNDOCUMENTED.keys()].sort());
  });
});

/** Requests that the operation refuses: what is wrong, the status, and the request. */
function refusals({ id, path, hasBody }) {
  const [parameters, body] = REQUESTS[id];
  const good = [fill(path, parameters), text(body)];
  const headers = hasBody ? HEADERS : TOKEN;
  const refused = [
    ['no token', 401, ...good, without(headers, 'authorization')],
    ['a wrong token', 401, ...good, { ...headers, authorization: 'Bearer other' }],
    ['an unknown query', 400, `${good[0]}?unknown=1`, good[1], headers],
  ];
  if (hasBody) {
    refused.push(
      ['no JSON', 400, good[0], '{', headers],
      ['no body', 400, good[0], undefined, headers],
      ['another kind', 400, good[0], '"text"', headers],
      ['another content type', 415, ...good, { ...headers, 'content-type': 'text/plain' }],
    );
  }
  if (path.includes('{identifier}')) {
    refused.push(['no identifier', 400, fill(path, { identifier: 'name:x' }), good[1], headers]);
    refused.push(['an unknown contact', 404, fill(path, { identifier: 'id:999' }), good[1], headers]);
  }
  if (path.includes('{tagId}')) {
    refused.push(['no number', 400, fill(path, { tagId: 'x' }), good[1], headers]);
    refused.push(['an unknown tag', 404, fill(path, { tagId: 999 }), good[1], headers]);
  }
  return refused;
}

/** Sends a request that the contract permits, and has the validators judge request and response. */
async function ask(operation, parameters, body) {
  const path = fill(operation.path, parameters);
  const response = await send(operation.method, path, text(body));
  judge(operation, { url: path, requestBody: text(body) ?? '', response });
  return response;
}

/** Sends a request that the contract does not permit, and has the validators judge the response alone. */
async function asked(operation, path, body, headers) {
  const response = await send(operation.method, path, body, headers);
  const [parameters, good] = REQUESTS[operation.id];
  judge(operation, { url: fill(operation.path, parameters), requestBody: text(good) ?? '', response });
  return response;
}

function judge({ id, method, statuses }, { url, requestBody, response }) {
  const { status, body: responseBody } = response;
  const exchange = { method, url, requestBody, status, responseBody };
  assert.deepEqual(validateExchange(exchange), { operation: id, problems: [] });
  if (!statuses.includes(status)) seen.add(status);
}

/** Asserts that a body is an Error that names the status; gives the status. */
function isError(body, status) {
  const error = JSON.parse(body);
  assert.deepEqual([typeof error.message, error.status], ['string', status]);
  return status;
}

async function send(method, path, body, headers = body === undefined ? TOKEN : HEADERS) {
  const response = await sandbox.fetch(`${BASE_URL}${path}`, { method, body, headers });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

function named(id) {
  return OPERATIONS.find((operation) => operation.id === id);
}

function text(body) {
  return body === undefined ? undefined : JSON.stringify(body);
}

function without({ ...headers }, name) {
  delete headers[name];
  return headers;
}

/** The path with its parameters; what is not given names the first contact, message and tag. */
function fill(path, parameters = {}) {
  const first = { identifier: 'id:1', messageId: 1, tagId: 1 };
  return path.replace(/\{(\w+)\}/g, (_, name) => parameters[name] ?? first[name]);
}
