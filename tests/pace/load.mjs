import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { ROOT } from '../../scripts/root.mjs';

const RULE = /function lowerBound\(trips\) \{[^}]*\}/;
// The class as it is in the package; it imports nothing, so that it runs by itself.
const { code } = await transform(readFileSync(join(ROOT, 'js/pace.ts'), 'utf8'), { loader: 'ts', target: 'es2022' });
if (!RULE.test(code)) throw new Error('js/pace.ts has no function lowerBound');

/**
 * The class with another lower bound of round trips.
 *
 * @param {string} rule - An expression of `trips`, the last round trips, shortest first.
 */
export async function paceWith(rule) {
  return load(code.replace(RULE, `function lowerBound(trips) { return ${rule}; }`));
}

/** The class as it is. */
export const Pace = await load(code);

async function load(source) {
  return (await import(`data:text/javascript,${encodeURIComponent(source)}`)).Pace;
}
