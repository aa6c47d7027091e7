import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, parseLines } from './deviations.mjs';

const CONTRACT = new Map([
  ['sent Tag.id', { type: 'integer' }],
  ['sent Tag.name', { type: 'string', presence: 'required' }],
]);

test('a difference without a line is told, in both directions', () => {
  const ours = new Map([
    ['sent Tag.name', { type: 'string', presence: 'optional', format: 'email' }],
    ['sent Tag.colour', {}],
  ]);
  assert.deepEqual(judge('model', CONTRACT, ours, []), {
    unlisted: [
      'model sent Tag.id | only in the contract',
      'model sent Tag.name | presence: contract required, ours optional',
      'model sent Tag.name | format: contract none, ours email',
      'model sent Tag.colour | only ours',
    ],
    stale: [],
  });
});

test('a line covers the difference that it describes, a star any text, and neither more', () => {
  const ours = new Map([['sent Tag.name', { type: 'number', presence: 'required' }]]);
  const lines = parseLines(`# the reasons
model sent Tag.id | only in the contract | it is given by the service

model sent T*.n* | type: contract string, ours number | an example`);
  assert.deepEqual(judge('model', CONTRACT, ours, lines), { unlisted: [], stale: [] });
  const near = lines.map(({ where, what }) => ({ where: where.replace('.', '!'), what }));
  assert.equal(judge('model', CONTRACT, ours, near).unlisted.length, 2);
});

test('a line without a difference is stale for its own comparison', () => {
  const lines = parseLines('model sent Tag.id | only ours | an example');
  assert.deepEqual(judge('model', CONTRACT, CONTRACT, lines).stale, ['model sent Tag.id | only ours']);
  assert.deepEqual(judge('type', CONTRACT, CONTRACT, lines).stale, []);
});

test('a line with a star must hold for all that it speaks of', () => {
  const [line] = parseLines('model sent * | presence: contract optional, ours required | an example');
  const presences = (...values) => new Map(values.map((presence, at) => [`sent Tag.${'abc'[at]}`, { presence }]));
  const contract = presences('optional', 'optional', 'required');
  assert.deepEqual(judge('model', contract, presences('required', 'required', 'required'), [line]).stale, []);
  const [stale] = judge('model', contract, presences('required', 'optional', 'required'), [line]).stale;
  assert.match(stale, /, but not model sent Tag\.b$/);
});

test('a line without a reason, of no comparison or twice is refused', () => {
  assert.throws(() => parseLines('model sent Tag.id | only ours'), /not `where \| what \| reason`/);
  assert.throws(() => parseLines('model sent Tag.id | only ours |  '), /not `where \| what \| reason`/);
  assert.throws(() => parseLines('rust Tag.id | only ours | an example'), /no test compares `rust Tag.id`/);
  assert.throws(() => parseLines('model a | only ours | one\nmodel a | only ours | two'), /listed twice/);
});
