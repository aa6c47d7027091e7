// How the programs of the benchmarks are made and run.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/root.mjs';
import { run } from '../scripts/run.mjs';

/** The date whose behaviour workerd shows. */
export const COMPATIBILITY_DATE = '2026-04-01';
/** The engines that are measured, of servers and of browsers. */
export const WASM = join(ROOT, 'pkg/engine.wasm');
export const BROWSER_WASM = join(ROOT, 'pkg/engine.browser.wasm');
const BUNDLES = join(ROOT, 'node_modules/.bench');

/**
 * What a program prints as JSON.
 *
 * @param {'Node' | 'Deno' | 'Bun'} engine - What runs it.
 * @param {string[]} args - Its file and its arguments, after flags of the engine.
 * @returns {Promise<any>} What it printed.
 * @throws {Error} Where it fails.
 */
export async function ask(engine, args) {
  const commands = {
    Node: [process.execPath],
    Deno: ['node_modules/.bin/deno', 'run', '-A'],
    Bun: ['node_modules/.bin/bun'],
  };
  const [command, ...before] = commands[engine];
  const { code, stdout, output } = await run(command, [...before, ...args], { quiet: true });
  if (code !== 0) throw new Error(`${args[0]} in ${engine} failed:\n${output}`);
  return JSON.parse(stdout);
}

/**
 * A program of bench/ in one file, since it is made of TypeScript that is not built for itself.
 *
 * @param {string} name - Its file in bench/, without `.mjs`.
 * @param {import('esbuild').BuildOptions} [options] - Others than for Node.
 * @returns {Promise<string>} Where it lies.
 */
export async function bundled(name, options = {}) {
  // Only here, since the packages may not be installed when this file is loaded.
  const { build } = await import('esbuild');
  mkdirSync(BUNDLES, { recursive: true });
  const outfile = join(BUNDLES, `${name}.mjs`);
  await build({
    entryPoints: [join(ROOT, `bench/${name}.mjs`)],
    bundle: true,
    format: 'esm',
    external: ['node:*', '*.wasm'],
    outfile,
    logLevel: 'warning',
    ...options,
  });
  return outfile;
}
