import assert from 'node:assert/strict';
import test from 'node:test';
import { cargoCounts, complaint, nodeCounts, operationCounts } from '../../scripts/counts.mjs';

const NONE = { passed: 0, failed: 0, skipped: 0 };
const summary = (values) =>
  Object.entries(values)
    .map(([word, count]) => `ℹ ${word} ${count}\n`)
    .join('');

test('the summary of node --test is read, colours or not', () => {
  const text = summary({ tests: 9, suites: 0, pass: 4, fail: 1, cancelled: 1, skipped: 1, todo: 2, duration_ms: 5 });
  const expected = { passed: 4, failed: 2, skipped: 3 };
  assert.deepEqual(nodeCounts(text), expected);
  assert.deepEqual(nodeCounts(text.replace(/^.*$/gm, '\u001b[34m$&\u001b[39m')), expected);
});

test('a summary that a test prints is not taken for the one of the run', () => {
  assert.deepEqual(nodeCounts(`${summary({ pass: 7, fail: 7 })}it says ℹ pass 7\n${summary({ pass: 1, fail: 0 })}`), {
    ...NONE,
    passed: 1,
  });
});

test('the summaries of all test binaries are added up', () => {
  const line = (passed, failed, ignored) =>
    `test result: ${failed ? 'FAILED' : 'ok'}. ${passed} passed; ${failed} failed; ${ignored} ignored; 0 measured; 0 filtered out; finished in 0.00s\n`;
  assert.deepEqual(cargoCounts(line(3, 0, 0) + line(0, 0, 0) + line(2, 1, 4)), { passed: 5, failed: 1, skipped: 4 });
});

test('the closing line of npm start is read', () => {
  assert.deepEqual(operationCounts('a line\n20/20 operations ok\n'), { passed: 20, failed: 0, skipped: 0 });
  assert.deepEqual(operationCounts('19/20 operations ok\n'), { passed: 19, failed: 1, skipped: 0 });
});

test('output without a summary counts as nothing executed', () => {
  for (const read of [nodeCounts, cargoCounts, operationCounts])
    assert.deepEqual(read('error: no such command\n'), NONE);
});

test('a stage passes only with exactly the known number of tests, none failed, none skipped', () => {
  const counts = (passed, failed = 0, skipped = 0) => ({ passed, failed, skipped });
  assert.equal(complaint(counts(3), 3), undefined);
  for (const [given, expected, reason] of [
    [counts(2), 3, /executed 2 tests of 3/],
    [counts(0), 3, /executed 0 tests of 3/],
    [counts(4), 3, /raise the number/],
    [counts(3), undefined, /write the number/],
    [counts(2, 1), 3, /1 failed/],
    [counts(3, 0, 1), 3, /1 skipped/],
  ]) {
    assert.match(complaint(given, expected) ?? '', reason);
  }
});
