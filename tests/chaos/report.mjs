import { doubledByClient, doubledByEngine, misledByEngine, RULES } from './checker.mjs';
import { FAULT_KINDS } from './faults.mjs';
import { OPERATIONS } from './operations.mjs';
import { tally } from './tally.mjs';

/** Figures by the name that the report prints: a number, or its parts by name. @typedef {Record<string, number | Record<string, number>>} Figures */

const LABEL_WIDTH = 34;
const COLUMN_WIDTH = 18;
const ONCE_ONLY = Object.keys(OPERATIONS).filter((id) => !OPERATIONS[id].repeatable);

/**
 * The figures of a run.
 *
 * @param {import('./run.mjs').Result} result - What came of it.
 * @returns {Figures} How many of each.
 */
export function figuresOf({ cases, findings, arrivals, seconds }) {
  const errors = tally(cases.filter(({ told }) => told?.end === 'error').map(({ told }) => errorName(told)));
  return {
    operations: cases.length,
    'requests that arrived': arrivals.length,
    faults: parts(FAULT_KINDS, tally(arrivals.flatMap(({ fault }) => fault ?? []))),
    values: cases.filter(({ told }) => told?.end === 'value').length,
    errors: parts([...errors.keys()].sort(), errors),
    retries: sum(cases, ({ told }) => Math.max(0, (told?.attempts ?? 0) - 1)),
    'resent by the engine': sum(cases, ({ resent }) => resent),
    'refused since the engine resent': cases.filter(misledByEngine).length,
    'writes doubled by the engine': byOperation(cases, doubledByEngine),
    'writes doubled by the client': byOperation(cases, doubledByClient),
    findings: parts([...Object.keys(RULES), 'stray'], tally(findings.map(({ rule }) => rule))),
    seconds: Math.round(seconds * 10) / 10,
  };
}

/**
 * A table of the figures of several runs.
 *
 * @param {Record<string, Figures>} runs - The figures by the heading of their column.
 * @returns {string} A line a figure, and one for each part of it.
 */
export function table(runs) {
  const columns = Object.values(runs);
  const lines = Object.keys(columns[0]).flatMap((label) => {
    const values = columns.map((figures) => figures[label]);
    const names = [...new Set(values.flatMap((value) => (typeof value === 'number' ? [] : Object.keys(value))))];
    return [
      line(label, values.map(total)),
      ...names.map((name) =>
        line(
          `  ${name}`,
          values.map((value) => value[name] ?? 0),
        ),
      ),
    ];
  });
  return [line('', Object.keys(runs)), ...lines].join('\n');
}

/**
 * A figure, its parts together.
 *
 * @param {number | Record<string, number>} figure - The figure.
 * @returns {number} How many.
 */
export function total(figure) {
  return typeof figure === 'number' ? figure : Object.values(figure).reduce((all, part) => all + part, 0);
}

function line(label, cells) {
  return label.padEnd(LABEL_WIDTH) + cells.map((cell) => String(cell).padStart(COLUMN_WIDTH)).join('');
}

function errorName({ name, outcome }) {
  return `${name}, ${outcome}`;
}

function parts(names, counts) {
  return Object.fromEntries(names.map((name) => [name, counts.get(name) ?? 0]));
}

function byOperation(cases, count) {
  const of = (id) =>
    sum(
      cases.filter(({ step }) => step.operation === id),
      count,
    );
  return Object.fromEntries(ONCE_ONLY.map((id) => [id, of(id)]));
}

function sum(cases, count) {
  return cases.reduce((all, known) => all + count(known), 0);
}
