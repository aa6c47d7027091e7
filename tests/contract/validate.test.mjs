// The validators really refuse: each wrong exchange below is told, with what is wrong about it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPERATIONS, UNDOCUMENTED, validateExchange } from './validate.mjs';

const contact = (responseBody) => ({ method: 'GET', url: '/contact/id:1', requestBody: '', status: 200, responseBody });
const wrong = [
  ['a wrong type', contact('{"id":"1"}'), /id must be integer/],
  ['null for a field that is not nullable', contact('{"firstName":null}'), /firstName must be string/],
  ['an email without its form', contact('{"email":"x"}'), /email must match format/],
  ['a wrong element', contact('{"tags":[1]}'), /must be string/],
  ['a missing body', contact(''), /must be object/],
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
