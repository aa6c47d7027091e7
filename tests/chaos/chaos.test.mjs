// A short run in each runtime; `npm run chaos` makes the long one.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { OPERATIONS } from './operations.mjs';
import { figuresOf, table, total } from './report.mjs';
import { runChaos } from './run.mjs';
import { RUNTIMES } from './runtimes/all.mjs';
import { inNode } from './runtimes/node.mjs';

const SEED = 1;
const LONG = { seed: SEED, operations: 2000, callers: 64 };
const SHORT = { seed: SEED, operations: 600, callers: 16 };
const RUNS = { Node: LONG, Chromium: SHORT, Deno: SHORT, workerd: SHORT };
/** Engines that send a request again on their own, and those that do it with writes that may not be repeated. */
const RESENDING = ['Chromium', 'Deno'];
const DOUBLING = ['Chromium'];

const columns = {};

after(() => console.log(`seed ${SEED}\n${table(columns)}`));

for (const [name, run] of Object.entries(RUNS)) {
  describe(`in ${name}`, () => {
    let result;
    let figures;

    before(async () => {
      result = await runChaos(run, RUNTIMES[name]);
      figures = figuresOf(result);
      columns[name] = figures;
    });

    test('every caller was told what happened', () => {
      assert.deepEqual(result.findings.slice(0, 10), []);
      assert.equal(result.cases.length, run.operations);
    });

    test('there was chaos: faults of every kind, retries, errors of every outcome', () => {
      for (const [kind, count] of Object.entries(figures.faults)) assert.ok(count > 0, kind);
      assert.ok(total(figures.faults) > run.operations / 5);
      assert.ok(figures.retries > run.operations / 20);
      const outcomes = new Set(result.cases.map(({ told }) => told.outcome));
      assert.deepEqual(outcomes, new Set([undefined, 'not_sent', 'rejected', 'applied', 'unknown']));
    });

    test('every operation was carried out', () => {
      const done = new Set(result.cases.filter(({ isDone }) => isDone).map(({ step }) => step.operation));
      assert.deepEqual([...done].sort(), Object.keys(OPERATIONS).sort());
    });

    if (!RESENDING.includes(name)) {
      test('every request that arrived is one that the client knows of', () => {
        assert.equal(figures['resent by the engine'], 0);
      });
    }

    if (!DOUBLING.includes(name)) {
      test('the engine doubled no write', () => {
        assert.equal(total(figures['writes doubled by the engine']), 0);
      });
    }
  });
}

test('a client that repeats everything is found out', async () => {
  const { findings } = await runChaos(SHORT, inNode({ retryUnsafe: true }));
  assert.ok(findings.some(({ rule, operation }) => rule === 'doubled' && operation === 'sendMessage'));
});

test('axios and the retry rule around it are found out', async () => {
  const result = await runChaos(LONG, RUNTIMES.axios);
  columns.axios = figuresOf(result);
  const rules = new Set(result.findings.map(({ rule }) => rule));
  for (const rule of ['doubled', 'refused but done', 'wrong value']) assert.ok(rules.has(rule), rule);
});
