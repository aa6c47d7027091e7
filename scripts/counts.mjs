import { stripVTControlCharacters } from 'node:util';

/** What a test runner did. @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Reads the summary that `node --test` prints.
 *
 * @param {string} output - What it printed with the spec reporter.
 * @returns {Counts} Cancelled tests count as failed, those marked todo as skipped; all zero where there is no summary.
 * @example
 * nodeCounts('ℹ tests 2\nℹ pass 2\nℹ fail 0\n').passed; // 2
 */
export function nodeCounts(output) {
  const text = stripVTControlCharacters(output);
  // The last one counts: a test may print the summary of another run.
  const number = (word) => Number([...text.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
  return {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
  };
}

/**
 * Adds up the summaries that `cargo test` and the runner of wasm-bindgen print, one a test binary.
 *
 * @param {string} output - What they printed.
 * @returns {Counts} Ignored tests count as skipped; all zero where there is no summary.
 * @example
 * cargoCounts('test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out'); // 3, 0, 1
 */
export function cargoCounts(output) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const summaries = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm;
  for (const [, passed, failed, ignored] of stripVTControlCharacters(output).matchAll(summaries)) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counts.skipped += Number(ignored);
  }
  return counts;
}

/**
 * Reads the closing line of `npm start`.
 *
 * @param {string} output - What it printed.
 * @returns {Counts} An operation is a test; all zero where there is no closing line.
 * @example
 * operationCounts('20/20 operations ok\n').passed; // 20
 */
export function operationCounts(output) {
  const [, passed = 0, all = 0] = /^(\d+)\/(\d+) operations ok$/m.exec(stripVTControlCharacters(output)) ?? [];
  return { passed: Number(passed), failed: Number(all) - Number(passed), skipped: 0 };
}

/**
 * Says what is wrong with a stage's counts, given how many tests it is known to have.
 *
 * @param {Counts} counts - What was executed.
 * @param {number | undefined} expected - How many must pass; undefined where nobody wrote it down.
 * @returns {string | undefined} The reason why the stage fails, if it does.
 * @example
 * complaint({ passed: 2, failed: 0, skipped: 0 }, 3); // 'executed 2 tests of 3'
 */
export function complaint({ passed, failed, skipped }, expected) {
  const executed = passed + failed;
  if (failed > 0) return `${failed} failed`;
  if (skipped > 0) return `${skipped} skipped; no test may be`;
  if (expected === undefined) return `executed ${executed} tests: write the number into tests/counts.json`;
  if (executed < expected) return `executed ${executed} tests of ${expected}`;
  if (executed > expected)
    return `executed ${executed} tests, ${expected} known: raise the number in tests/counts.json`;
  return undefined;
}
