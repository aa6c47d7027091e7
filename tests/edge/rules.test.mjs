import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ValidationError } from 'respond-io-wasm';
import { createProxy } from 'respond-io-wasm/proxy';
import { ORIGIN, optionsFor, sandboxed, scene, TOKEN } from './scene.mjs';

const TEXT = { message: { type: 'text', text: 'Hello!' } };
const IMAGE = { message: { type: 'attachment', attachment: { type: 'image', url: 'https://a.example/a.png' } } };

/** Whether rules let a request through, and whether that is what arrived. */
async function passes(allow, method, path, body, options = {}) {
  const { ask, sandbox } = await scene({ allow, ...options });
  const { status } = await ask(method, path, { body });
  assert.equal(sandbox.journal().length, status === 403 ? 0 : 1);
  return status !== 403;
}

const send = (rule, identifier, body) => passes({ sendMessage: rule }, 'POST', `/contact/${identifier}/message`, body);
const tags = (rule, body) => passes({ addContactTags: rule }, 'POST', '/contact/id:1/tag', body);

test('an operation is allowed by a list, by true and by an empty rule', async () => {
  for (const allow of [['getContact'], { getContact: true }, { getContact: {} }]) {
    assert.ok(await passes(allow, 'GET', '/contact/id:1'));
    assert.ok(!(await passes(allow, 'DELETE', '/contact/id:1')));
    assert.ok(!(await passes(allow, 'GET', '/contact/id:1/channel')));
  }
  assert.ok(!(await passes([], 'GET', '/contact/id:1')));
  assert.ok(!(await passes({}, 'GET', '/contact/id:1')));
});

test('an object is a deep subset, and other arguments are free', async () => {
  assert.ok(await send({ message: { message: { type: 'text' } } }, 'id:2', TEXT));
  assert.ok(!(await send({ message: { message: { type: 'text' } } }, 'id:2', IMAGE)));
  assert.ok(await send({ message: { channelId: 1 } }, 'id:1', { ...TEXT, channelId: 1 }));
  assert.ok(!(await send({ message: { channelId: 1 } }, 'id:1', TEXT)), 'what is named must be there');
  assert.ok(!(await send({ message: { channelId: 1 } }, 'id:1', { ...TEXT, channelId: 2 })));
});

test('an array is one of', async () => {
  const rule = { identifier: ['id:1', 'id:2'], message: { message: { type: ['text', 'attachment'] } } };
  assert.ok(await send(rule, 'id:2', IMAGE));
  assert.ok(!(await send(rule, 'id:3', IMAGE)));
  assert.ok(!(await send({ identifier: [] }, 'id:1', TEXT)), 'one of nothing is nothing');
  assert.ok(await send({ message: [{ channelId: 2 }, { message: { type: 'text' } }] }, 'id:1', TEXT));
});

test('a list has elements, and each of them matches', async () => {
  assert.ok(await tags({ tags: 'vip' }, ['vip']));
  assert.ok(await tags({ tags: ['vip', 'new'] }, ['new', 'vip']));
  assert.ok(!(await tags({ tags: ['vip', 'new'] }, ['vip', 'admin'])));
  assert.ok(!(await tags({ tags: ['vip', 'new'] }, [])));
  const fields = { contact: { customFields: { name: ['plan', 'seats'] } } };
  const update = (customFields) => passes({ updateContact: fields }, 'PUT', '/contact/id:1', { customFields });
  assert.ok(
    await update([
      { name: 'plan', value: 'pro' },
      { name: 'seats', value: '2' },
    ]),
  );
  assert.ok(
    !(await update([
      { name: 'plan', value: 'pro' },
      { name: 'admin', value: 'true' },
    ])),
  );
});

test('a query and a number are judged as numbers, null as null', async () => {
  assert.ok(await passes({ listContacts: { query: { limit: [5, 10] } } }, 'GET', '/contact/list?limit=10'));
  assert.ok(!(await passes({ listContacts: { query: { limit: [5, 10] } } }, 'GET', '/contact/list')));
  assert.ok(await passes({ deleteTag: { tagId: 5 } }, 'DELETE', '/tag/5'));
  const unassign = { assignConversation: { assignment: { assignee: null } } };
  const path = '/contact/id:1/conversation/assignee';
  assert.ok(await passes(unassign, 'POST', path, { assignee: null }));
  assert.ok(!(await passes(unassign, 'POST', path, { assignee: 'email:a@b.c' })));
});

test('a function judges what is sent, and cannot change it', async () => {
  const seen = [];
  const rule = async (input, request) => {
    seen.push([input, request.headers.get('cookie'), request.body]);
    assert.throws(() => {
      input.identifier = 'id:2';
    }, TypeError);
    assert.throws(() => {
      input.message.message.text = 'changed';
    }, TypeError);
    return true;
  };
  const { ask, sandbox } = await scene({ allow: { sendMessage: rule } });
  const headers = { cookie: 'session=1' };
  assert.equal((await ask('POST', '/contact/id:1/message', { body: TEXT, headers })).status, 200);
  assert.deepEqual(seen, [[{ identifier: 'id:1', message: TEXT }, 'session=1', null]]);
  assert.deepEqual(JSON.parse(sandbox.journal()[0].requestBody), TEXT);
});

test('a function that gives anything but true refuses', async () => {
  for (const given of [false, undefined, null, 1, 'true', {}, Promise.resolve(false)]) {
    assert.ok(!(await passes({ getContact: () => given }, 'GET', '/contact/id:1')));
  }
});

test('a pattern is as it was when the proxy was made', async () => {
  const allow = { getContact: { identifier: ['id:1'] } };
  const { ask } = await scene({ allow });
  allow.getContact.identifier.push('id:2');
  allow.deleteContact = true;
  assert.equal((await ask('GET', '/contact/id:2')).status, 403);
  assert.equal((await ask('DELETE', '/contact/id:1')).status, 403);
});

test('authorize is asked with a copy of the request, before the body is read', async () => {
  const asked = [];
  const authorize = (request, context) => {
    asked.push([request.method, request.url, request.headers.get('cookie'), request.body, context]);
    return false;
  };
  const { proxy, sandbox } = await scene({ authorize });
  const body = new ReadableStream({}, { highWaterMark: 0 });
  const headers = { cookie: 'session=1', 'content-type': 'text/plain' };
  const url = `${ORIGIN}/api/respond/contact/id:1/message?x=1`;
  const response = await proxy(new Request(url, { method: 'POST', body, headers, duplex: 'half' }));
  assert.deepEqual([response.status, (await response.json()).code], [403, 'not_authorized']);
  assert.deepEqual(asked, [['POST', url, 'session=1', null, { operation: 'sendMessage' }]]);
  assert.equal(sandbox.journal().length, 0);
});

test('authorize narrows and never widens', async () => {
  const wide = { getContact: true, sendMessage: true, deleteContact: true };
  const narrow = { getContact: { identifier: ['id:1', 'id:2'] } };
  for (const [allow, given, path, expected] of [
    [narrow, true, '/contact/id:2', true],
    [narrow, wide, '/contact/id:2', true],
    [narrow, wide, '/contact/id:3', false],
    [narrow, ['getContact'], '/contact/id:3', false],
    [narrow, { getContact: { identifier: 'id:2' } }, '/contact/id:2', true],
    [narrow, { getContact: { identifier: 'id:2' } }, '/contact/id:1', false],
    [narrow, { getContact: { identifier: 'id:3' } }, '/contact/id:3', false],
    [narrow, ['sendMessage'], '/contact/id:1', false],
    [narrow, [], '/contact/id:1', false],
    [narrow, {}, '/contact/id:1', false],
    [wide, { getContact: ({ identifier }) => identifier === 'id:1' }, '/contact/id:1', true],
    [wide, { getContact: ({ identifier }) => identifier === 'id:1' }, '/contact/id:2', false],
  ]) {
    const authorize = async () => given;
    assert.equal(await passes(allow, 'GET', path, undefined, { authorize }), expected, JSON.stringify([given, path]));
  }
  const authorize = () => wide;
  assert.ok(!(await passes(['getContact'], 'DELETE', '/contact/id:1', undefined, { authorize })));
});

test('authorize that gives neither refuses', async () => {
  for (const given of [false, undefined, null, 0, '']) {
    assert.ok(!(await passes(['getContact'], 'GET', '/contact/id:1', undefined, { authorize: () => given })));
  }
});

test('what a function of the owner throws is logged, and the page learns nothing', async () => {
  const boom = () => {
    throw new Error(`database at 10.0.0.1 is down, ${TOKEN}`);
  };
  for (const options of [
    { authorize: boom },
    { authorize: async () => boom() },
    { authorize: () => ({ getContact: { identifier: undefined } }) },
    { authorize: () => ['getContactt'] },
    { authorize: () => 1 },
    { authorize: () => 'yes' },
    { allow: { getContact: boom } },
    { allow: { getContact: async () => boom() } },
  ]) {
    const logged = [];
    const log = (text) => logged.push(text);
    const client = { logger: { debug: log, info: log, warn: log, error: log }, logLevel: 'warn' };
    const { ask, sandbox } = await scene({ ...options, client });
    const { status, body } = await ask('GET', '/contact/id:1');
    assert.deepEqual(body, { code: 'internal', message: 'the proxy failed', status: 500, outcome: 'not_sent' });
    assert.equal(status, 500);
    assert.equal(sandbox.journal().length, 0);
    assert.equal(logged.length, 1);
    assert.match(logged[0], /^respond-io-wasm: proxy: (authorize|a rule) threw: /);
  }
});

const sandbox = await sandboxed();
for (const [path, change] of [
  ['options', undefined],
  ['options', null],
  ['alow', { alow: [] }],
  ['apiToken', { apiToken: undefined }],
  ['apiToken', { apiToken: 'a b' }],
  ['apiToken', { apiToken: 1 }],
  ['allow', { allow: undefined }],
  ['allow', { allow: 'getContact' }],
  ['allow', { allow: null }],
  ['allow[1]', { allow: ['getContact', 'getContakt'] }],
  ['allow[0]', { allow: ['toString'] }],
  ['allow.getContakt', { allow: { getContakt: true } }],
  ['allow.getContact', { allow: { getContact: false } }],
  ['allow.getContact', { allow: { getContact: undefined } }],
  ['allow.getContact', { allow: { getContact: 'id:1' } }],
  ['allow.getContact', { allow: { getContact: ['id:1'] } }],
  ['allow.getContact.contact', { allow: { getContact: { contact: 'id:1' } } }],
  ['allow.getContact.identifier', { allow: { getContact: { identifier: undefined } } }],
  ['allow.getContact.identifier', { allow: { getContact: { identifier: { id: 1 } } } }],
  ['allow.getContact.identifier', { allow: { getContact: { identifier: 1 } } }],
  ['allow.getContact.identifier[1]', { allow: { getContact: { identifier: ['id:1', null] } } }],
  ['allow.deleteTag.tagId', { allow: { deleteTag: { tagId: '5' } } }],
  ['allow.deleteTag.tagId', { allow: { deleteTag: { tagId: Number.NaN } } }],
  ['allow.listContacts.query.Limit', { allow: { listContacts: { query: { Limit: 5 } } } }],
  ['allow.listContacts.query.limit', { allow: { listContacts: { query: { limit: '5' } } } }],
  ['allow.listContacts.query', { allow: { listContacts: { query: 5 } } }],
  ['allow.sendMessage.message.channelId', { allow: { sendMessage: { message: { channelId: undefined } } } }],
  [
    'allow.sendMessage.message.message.text',
    { allow: { sendMessage: { message: { message: { text: () => true } } } } },
  ],
  ['authorize', { authorize: undefined }],
  ['authorize', { authorize: true }],
  ['cors', { cors: '*' }],
  ['cors.origin', { cors: { origin: [] } }],
  ['cors.origins', { cors: {} }],
  ['cors.origins', { cors: { origins: '*' } }],
  ...[
    '*',
    'null',
    'app.example.com',
    'https://app.example.com/',
    'https://app.example.com/x',
    'https://*.example.com',
    'HTTPS://app.example.com',
    'https://app.example.com:443',
    'ftp://app.example.com',
    'https://a@b.example',
    '',
    1,
  ].map((origin) => ['cors.origins[1]', { cors: { origins: [ORIGIN, origin] } }]),
  ['cors.credentials', { cors: { origins: [], credentials: 'yes' } }],
  ['cors.headers', { cors: { origins: [], headers: ['a\r\nb'] } }],
  ['cors.headers', { cors: { origins: [], headers: ['*'] } }],
  ['cors.maxAgeSeconds', { cors: { origins: [], maxAgeSeconds: -1 } }],
  ...['api', 'https://a.example/api', '/api?x', '/api#x', '/a/../b', '/a//b', '/a%2fb', 1, null].map((basePath) => [
    'basePath',
    { basePath: basePath ?? 5 },
  ]),
  ...[0, 1.5, 1_048_577, '1', Infinity].map((maxBodyBytes) => ['maxBodyBytes', { maxBodyBytes }]),
  ...[0, -1, 2 ** 31, '1'].map((bodyTimeoutMs) => ['bodyTimeoutMs', { bodyTimeoutMs }]),
  ['client', { client: 1 }],
  ['client.apiToken', { client: { apiToken: 'x' } }],
  ['client.dangerouslyAllowBrowser', { client: { dangerouslyAllowBrowser: true } }],
  ['client.timeout', { client: { timeout: -1 } }],
  ['client.timeoutMs', { client: { timeoutMs: 1 } }],
  ['client.baseUrl', { client: { baseUrl: 'http://evil.example' } }],
  ['client.baseUrl', { client: { baseUrl: '/api/respond' } }],
  ['client.headers', { client: { headers: { authorization: 'x' } } }],
]) {
  test(`${path} of ${JSON.stringify(change)?.slice(0, 90)} is refused when the proxy is made`, () => {
    const { client, ...options } = change ?? {};
    const full = change ? { ...optionsFor(sandbox), ...options, ...(client !== undefined && { client }) } : change;
    const error = caught(() => createProxy(full));
    assert.ok(error instanceof ValidationError, String(error));
    assert.deepEqual([error.path, error.rule], [path, 'option']);
    assert.ok(error.message.includes(path === 'options' ? 'must be an object' : path), error.message);
  });
}

test('a missing authorize is told how to be open', () => {
  const error = caught(() => createProxy({ ...optionsFor(sandbox), authorize: undefined }));
  assert.match(error.message, /authorize must be a function .* \(\) => true$/);
});

function caught(work) {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
