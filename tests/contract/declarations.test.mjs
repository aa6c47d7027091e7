import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { ROOT } from '../../scripts/root.mjs';
import { readContract } from './contract.mjs';
import { judge, NOTHING } from './deviations.mjs';
import { directions, presence, presenceIn } from './facts.mjs';

const contract = readContract();
const ours = JSON.parse(
  execFileSync('cargo', ['run', '-q', '-p', 'xtask', '--', 'describe'], { cwd: ROOT, encoding: 'utf8' }),
);

/** The formats that the contract knows; any other of ours is asked only of what is sent. */
const FORMATS = ['email', 'uri'];

/** What is said of a kind; `where` names the value, and its elements with `[]` behind it. */
function kindFacts(where, kind, direction, more = {}) {
  const sent = direction === 'sent';
  const facts = { ...more, type: kind.model ?? kind.type };
  if (kind.format && (sent || FORMATS.includes(kind.format))) facts.format = kind.format;
  if (kind.enum) facts.values = kind.enum.join(', ');
  if (kind.default !== undefined) facts.default = String(kind.default);
  if (sent && kind.minimum !== undefined) facts.bounds = `${kind.minimum} to ${kind.maximum}`;
  const elements = kind.items ? kindFacts(`${where}[]`, kind.items, direction) : [];
  return [[where, facts], ...elements];
}

function operationFacts({ operations }) {
  return new Map(
    operations.flatMap((operation) => {
      const { id, method, path, resource, response } = operation;
      const answer = response ? kindFacts(`${id} response`, response, 'received') : [];
      return [
        [id, { method, path, resource }],
        ...operation.arguments.flatMap((argument) => argumentFacts(id, argument)),
        ...answer,
      ];
    }),
  );
}

function argumentFacts(id, argument) {
  const name = argument.in === 'path' ? ` ${argument.name}` : '';
  return kindFacts(`${id} ${argument.in}${name}`, argument.kind, 'sent', { presence: presence(argument) });
}

function modelFacts({ models }) {
  const facts = Object.entries(models).flatMap(([name, model]) =>
    directions(model).flatMap((direction) => [
      [`${direction} ${name}`, {}],
      ...model.fields.flatMap((field) => fieldFacts(`${direction} ${name}.${field.name}`, field, model, direction)),
    ]),
  );
  return new Map(facts);
}

function fieldFacts(where, field, { strict }, direction) {
  const rules = direction === 'sent' ? strict : null;
  const more = {
    presence: presence({ ...field, required: field.required || Boolean(rules?.requires?.includes(field.name)) }),
  };
  if (rules?.by && rules.by !== field.name) more.presence = presenceIn(field, rules.by, rules.forms);
  return kindFacts(where, field.kind, direction, more);
}

test('the whole contract is read', () => {
  assert.equal(contract.operations.length, 20);
  assert.equal(Object.keys(contract.models).length, 21);
  assert.equal(Object.values(contract.models).flatMap((model) => model.fields).length, 72);
});

test('operations, their parameters, bodies and responses are those of the contract', () => {
  assert.deepEqual(judge('operation', operationFacts(contract), operationFacts(ours)), NOTHING);
});

test('models and their fields are those of the contract, sent and received', () => {
  assert.deepEqual(judge('model', modelFacts(contract), modelFacts(ours)), NOTHING);
});
