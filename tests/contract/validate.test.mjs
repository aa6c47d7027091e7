// The validators really refuse: each wrong exchange below is told, with what is wrong about it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkEntries } from './check-journal.mjs';
import { OPERATIONS, UNDOCUMENTED, validatedFetch, validateExchange } from './validate.mjs';

const contact = (responseBody) => ({ method: 'GET', url: '/contact/id:1', requestBody: '', status: 200, responseBody });
const wrong = [
  ['a wrong type', contact('{"id":"1"}'), /id must be integer/],
  ['null for a field that is not nullable', contact('{"firstName":null}'), /firstName must be string/],
  ['an email without its form', contact('{"email":"x"}'), /email must match format/],
  ['a wrong element', contact('{"tags":[1]}'), /must be string/],
  ['a missing body', contact(''), /must be object/],
  ['a body that is no JSON', contact('{'), /200 has a body that is no JSON/],
  ['a request that is no JSON', { method: 'POST', url: '/tag', requestBody: '{' }, /request: the body is no JSON/],
  [
    'a request of another content type',
    { method: 'POST', url: '/tag', requestHeaders: [['content-type', 'text/plain']], requestBody: '{"name":"x"}' },
    /Unsupported Content-Type text\/plain/,
  ],
  ['an unlisted status', { ...contact('{}'), status: 500 }, /500, which nobody lists/],
  ['an error without its body', { ...contact(''), status: 401 }, /no Error body/],
  ['an error of another form', { ...contact('{"message":1}'), status: 404 }, /message must be string/],
  ['a missing field', { method: 'POST', url: '/tag', requestBody: '{}' }, /required property 'name'/],
  [
    'an unknown enum value',
    { method: 'POST', url: '/contact/id:1/conversation', requestBody: '{"status":"shut"}' },
    /must be equal to one of/,
  ],
  ['a text for a number in the path', { method: 'DELETE', url: '/tag/x', requestBody: '' }, /tagId must be integer/],
  [
    'a text for a number in the query',
    { method: 'GET', url: '/contact/list?limit=x', requestBody: '' },
    /limit must be integer/,
  ],
  ['an unknown query', { method: 'GET', url: '/contact/list?page=1', requestBody: '' }, /the query has no page/],
  ['a body where none belongs', { method: 'GET', url: '/custom_field', requestBody: '{}' }, /has no body/],
  ['an unknown path', { method: 'GET', url: '/contacts', requestBody: '' }, /no operation is GET/],
  [
    'a body of a response that has none',
    { method: 'DELETE', url: '/tag/1', requestBody: '', status: 200, responseBody: '{}' },
    /must be null/,
  ],
];

for (const [name, exchange, problem] of wrong) {
  test(`${name} is told`, () => {
    const { problems } = validateExchange(exchange);
    assert.ok(
      problems.some((text) => problem.test(text)),
      `told: ${problems}`,
    );
  });
}

test('what is right has no problem', () => {
  assert.deepEqual(validateExchange(contact('{"id":1,"assignee":null,"new":[]}')), {
    operation: 'getContact',
    problems: [],
  });
  assert.equal(OPERATIONS.length, 20);
  assert.ok([...UNDOCUMENTED].every(([status, reason]) => status >= 400 && reason.length > 10));
});

test('a fetch that checks keeps what it saw and hands the response on', async () => {
  const answer = async () => Response.json({ id: 'one' });
  const { fetch, exchanges } = validatedFetch(answer, 'https://api.respond.io/v2');
  const body = new TextEncoder().encode('{"name":1}');
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('https://api.respond.io/v2/tag', { method: 'POST', headers, body });
  assert.deepEqual(await response.json(), { id: 'one' });
  assert.equal(exchanges.length, 1);
  const [{ operation, problems }] = exchanges;
  assert.equal(operation, 'createTag');
  assert.equal(problems.length, 3, `told: ${problems}`);
});

describe('a journal', () => {
  const created = { method: 'POST', url: '/v2/tag', requestBody: '{"name":"x"}', responseBody: '{"name":"x"}' };
  const entry = { ...created, status: 200, fault: null };
  const refused = { ...entry, requestBody: '{"name":1}', status: 400, responseBody: '{"message":"no","status":400}' };
  const journals = [
    ['without nineteen operations', [entry], /no exchange of createContact, createOrUpdateContact/],
    ['with a wrong response', [{ ...entry, responseBody: '{}' }], /POST \/v2\/tag: response: 200 response must have/],
    ['with a wrong request that succeeded', [{ ...entry, requestBody: '{"name":1}' }], /request: body name/],
    ['with another success', [{ ...entry, status: 204, responseBody: '' }], /204, which nobody lists/],
    ['with a route that succeeded and is none', [{ ...entry, url: '/v2/tags' }], /no operation is POST \/tags/],
    ['with a wrong refusal', [{ ...refused, responseBody: '{"message":1}' }], /response: 400 message must be string/],
  ];
  for (const [name, entries, problem] of journals) {
    test(`${name} is told`, () => assert.throws(() => checkEntries(entries), problem));
  }

  test('may hold refusals of wrong requests, unknown routes and faults', () => {
    const unknown = { ...refused, url: '/v2/tags', status: 404 };
    const broken = { ...entry, responseBody: '{"na', fault: 'truncate' };
    assert.throws(() => checkEntries([refused, unknown, broken]), /^Error: the journal has no exchange of/);
  });
});
