// Seeded documents that follow the contract's schemas, with all that a service may put beside them.

import { readContract } from '../contract/contract.mjs';

const { operations, models } = readContract();

/** What each operation is answered with: the contract's kind; null where it gives none. */
export const ANSWERS = Object.fromEntries(operations.map(({ id, response }) => [id, response]));

const TEXTS = [
  '',
  'a',
  'Aida',
  'Aïda',
  '日本語',
  '😀',
  '\\n\\t\\/',
  '\\u0041',
  '\\ud83d\\ude00',
  '\\ud800',
  '\\"',
  '\\u0000',
];
const LONG_TEXTS = ['x'.repeat(300), 'é'.repeat(90), 'https://example.com/a.png?size=64', '2026-01-02T03:04:05Z'];
const INTEGERS = ['0', '-0', '1', '-1', '5.0', '50e-1', '1e3', '1783996922', '9007199254740991', '-9007199254740991'];
const ODD_NUMBERS = ['1.5', '-1E-7', '1e-400', '0.1e1', '1e400', '9007199254740993', '123456789012345678901234567890'];
const LITERALS = ['null', 'true', 'false', '{}', '[]'];
const NAMES = [
  'new',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'é',
  '',
  '\\u0069d',
  'id',
  'items',
  '0',
  '17',
];
const SPACES = ['', '', '', '', ' ', '\n', '\t\r '];

/**
 * A document of a kind, as text: mostly as declared, now and then with a value of another kind, unknown fields, a name
 * twice, fields in any order.
 *
 * @param {import('./dice.mjs').Dice} dice - Decides.
 * @param {import('../contract/contract.mjs').Kind} kind - The kind.
 * @param {number} [depth] - How deep it is nested.
 * @returns {string} Valid JSON.
 */
export function document(dice, kind, depth = 0) {
  return dice.pick(SPACES) + (dice.oneIn(30) ? anything(dice, depth) : declared(dice, kind, depth)) + dice.pick(SPACES);
}

/** Shorter documents are left to JSON.parse by the engine. */
const RECORDED = 2000;

/** The text, mostly with so much white space before or after it that the engine records it. */
export function padded(dice, text) {
  const space = ' '.repeat(RECORDED);
  return dice.pick([text, space + text, text + space]);
}

/** Any JSON value, as text. */
export function anything(dice, depth = 0) {
  const many = Array.from({ length: dice.below(3) });
  switch (dice.below(depth > 4 ? 3 : 5)) {
    case 0:
      return dice.pick([...INTEGERS, ...ODD_NUMBERS]);
    case 1:
      return dice.pick(LITERALS);
    case 2:
      return quoted(dice);
    case 3:
      return `[${many.map(() => anything(dice, depth + 1)).join(',')}]`;
    default:
      return `{${many.map(() => unknown(dice, depth)).join(',')}}`;
  }
}

function declared(dice, kind, depth) {
  switch (kind.type) {
    case 'string':
      return kind.enum && !dice.oneIn(10) ? JSON.stringify(dice.pick(kind.enum)) : quoted(dice);
    case 'integer':
      return dice.oneIn(40) ? dice.pick(ODD_NUMBERS) : dice.pick(INTEGERS);
    case 'boolean':
      return dice.pick(['true', 'false']);
    case 'array':
      return `[${Array.from({ length: dice.below(4) }, () => document(dice, kind.items, depth + 1)).join(',')}]`;
    default:
      return kind.model ? object(dice, models[kind.model], depth) : anything(dice, depth);
  }
}

function object(dice, model, depth) {
  const members = model.fields
    .filter(() => !dice.oneIn(8))
    .map(({ name, kind }) => `"${name}":${dice.oneIn(9) ? 'null' : document(dice, kind, depth + 1)}`);
  while (dice.oneIn(3)) members.splice(dice.below(members.length + 1), 0, unknown(dice, depth));
  if (dice.oneIn(20) && members.length) members.push(dice.pick(members));
  if (dice.oneIn(3)) members.push(...members.splice(0, dice.below(members.length + 1)));
  return `{${members.map((member) => dice.pick(SPACES) + member).join(',')}}`;
}

function unknown(dice, depth) {
  return `"${dice.pick(NAMES)}"${dice.pick(SPACES)}:${anything(dice, depth + 1)}`;
}

function quoted(dice) {
  return `"${dice.oneIn(12) ? dice.pick(LONG_TEXTS) : dice.pick(TEXTS)}"`;
}
