import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/root.mjs';
import { readContract } from './contract.mjs';
import { judge, NOTHING } from './deviations.mjs';
import { directions, presence, presenceIn } from './facts.mjs';
import { readClasses, readTypes } from './typescript.mjs';

const contract = readContract();
const PACKAGE_TYPES = join(ROOT, 'pkg/types/generated/models.d.ts');
const PACKAGE_METHODS = join(ROOT, 'pkg/types/generated/resources.d.ts');
const BINDINGS = join(ROOT, 'src/bindings/types.d.ts');

/** The interface of each model and direction: where it goes both ways, the one that is sent is called `…Input`. */
const INTERFACES = new Map(
  Object.entries(contract.models).flatMap(([name, model]) =>
    directions(model).map((direction) => [interfaceName(name, direction), { name, model, direction }]),
  ),
);

function interfaceName(name, direction) {
  return direction === 'sent' && contract.models[name].received ? `${name}Input` : name;
}

/** The type that a kind of the contract has in TypeScript. */
function typeOf(kind, direction) {
  if (kind.model) return interfaceName(kind.model, direction);
  // What is sent is never changed, so a caller's constant array will do.
  const readonly = direction === 'sent' ? 'readonly ' : '';
  if (kind.type === 'array') return `${readonly}${typeOf(kind.items, direction)}[]`;
  return { integer: 'number', object: 'JsonObject' }[kind.type] ?? kind.type;
}

function contractTypes() {
  const facts = [...INTERFACES].flatMap(([name, { model, direction }]) => [
    [`${direction} ${name}`, { 'other fields': model.open ? 'permitted' : 'none' }],
    ...model.fields.map((field) => [
      `${direction} ${name}.${field.name}`,
      typeFacts({ ...field, type: typeOf(field.kind, direction), values: field.kind.enum ?? [], open: false }),
    ]),
  ]);
  return new Map(facts);
}

function ourTypes(types) {
  const facts = types.flatMap(({ name, fields, open, union }) => {
    const direction = INTERFACES.get(name)?.direction;
    const where = direction ? `${direction} ${name}` : name;
    return [
      [where, { 'other fields': open ? 'permitted' : 'none' }],
      ...fields.map((field) => [`${where}.${field.name}`, typeFacts(field, union)]),
    ];
  });
  return new Map(facts);
}

function typeFacts(field, union) {
  const facts = { presence: presence(field), type: field.type };
  if (union && union.tag !== field.name) facts.presence = presenceIn(field, union.tag, union.forms);
  if (field.values.length > 0) {
    facts.values = field.values.join(', ');
    facts['other values'] = field.open ? 'permitted' : 'refused';
  }
  return facts;
}

/** What the contract says of methods; `more` adds to what is said of an operation. */
function contractMethods(more) {
  const facts = contract.operations.flatMap((operation) => {
    const { id, response } = operation;
    const answer = response ? typeOf(response, 'received') : 'void';
    return [
      [id, { response: answer, ...more(operation) }],
      ...operation.arguments.map((argument) => argumentFacts(id, argument, typeOf(argument.kind, 'sent'))),
    ];
  });
  return new Map(facts);
}

/** What the methods of a class say, each under the name of the operation that its documentation says it calls. */
function ourMethods(methods, promise, more) {
  const facts = methods.flatMap((method) => {
    const operation = contract.operations.find(({ method: verb, path }) => `${verb} ${path}` === method.calls);
    const id = operation?.id ?? `${method.name} (${method.calls})`;
    const parameters = promise.options ? withoutOptions(method) : method.parameters;
    const response = new RegExp(`^${promise.name}<(.*)>$`).exec(method.returns)?.[1] ?? method.returns;
    return [
      [id, { response, ...more(method) }],
      ...parameters.map((parameter) => argumentFacts(id, placed(parameter, method.calls), parameter.type)),
    ];
  });
  assert.equal(new Set(facts.map(([where]) => where)).size, facts.length, 'two methods call the same operation');
  return new Map(facts);
}

/** A parameter that the path does not name is the query of a GET, and the body of anything else. */
function placed(parameter, calls) {
  const rest = calls.startsWith('GET ') ? 'query' : 'body';
  return { ...parameter, in: calls.includes(`{${parameter.name}}`) ? 'path' : rest };
}

function argumentFacts(id, argument, type) {
  const name = argument.in === 'path' ? ` ${argument.name}` : '';
  return [`${id} ${argument.in}${name}`, { presence: presence(argument), type }];
}

function withoutOptions({ name, parameters }) {
  assert.deepEqual(
    parameters.at(-1),
    { name: 'options', type: 'CallOptions', required: false },
    `the last parameter of ${name}`,
  );
  return parameters.slice(0, -1);
}

test('the types of the npm package are those of the contract', () => {
  assert.deepEqual(judge('type', contractTypes(), ourTypes(readTypes(PACKAGE_TYPES))), NOTHING);
});

test('the types of the exported class are those of the contract', () => {
  const types = readTypes(BINDINGS).filter(({ name }) => name !== 'RespondIOOptions');
  assert.deepEqual(judge('type', contractTypes(), ourTypes(types)), NOTHING);
});

test('the methods of the npm package are those of the contract', () => {
  const { Resources, ...classes } = readClasses(PACKAGE_METHODS);
  const resources = Object.fromEntries(Resources.properties.map(({ name, type }) => [type, name]));
  const methods = Object.entries(classes).flatMap(([name, { methods }]) =>
    methods.map((method) => ({ ...method, resource: resources[name] })),
  );
  const found = ourMethods(methods, { name: 'ApiPromise', options: true }, ({ resource }) => ({ resource }));
  assert.deepEqual(
    judge(
      'method',
      contractMethods(({ resource }) => ({ resource })),
      found,
    ),
    NOTHING,
  );
});

test('the methods of the exported class are those of the contract', () => {
  const { RespondIO } = readClasses(BINDINGS);
  const methods = RespondIO.methods.filter(({ name }) => name !== 'free');
  const found = ourMethods(methods, { name: 'Promise', options: false }, ({ name }) => ({ name }));
  assert.deepEqual(
    judge(
      'class',
      contractMethods(({ id }) => ({ name: id })),
      found,
    ),
    NOTHING,
  );
});
