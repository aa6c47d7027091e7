// Lets a module run in the runtimes that take the package as it is installed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { ROOT } from '../scripts/root.mjs';
import { run } from '../scripts/run.mjs';

const ARGUMENTS = {
  deno: ['eval', '--quiet', '--no-lock', '--node-modules-dir=manual', '--ext=js'],
  bun: ['--eval'],
};

/**
 * Runs a module that prints JSON.
 *
 * @param {'deno' | 'bun'} runtime - Where.
 * @param {string} source - The module's text.
 * @returns {Promise<unknown>} What it has printed.
 * @throws {Error} Where it fails.
 */
export async function evaluate(runtime, source) {
  const program = join(ROOT, 'node_modules/.bin', runtime);
  const { code, stdout, output } = await run(program, [...ARGUMENTS[runtime], source], { quiet: true, minutes: 1 });
  assert.equal(code, 0, output);
  return JSON.parse(stdout);
}

/**
 * Starts a Worker; whoever starts it disposes of it.
 *
 * @param {string} contents - The text of its main module.
 * @param {readonly string[]} wasm - The package's wasm modules that it imports.
 * @returns {Promise<Miniflare>} The Worker.
 */
export async function startWorker(contents, wasm) {
  return new Miniflare({ compatibilityDate: '2026-04-01', modules: await bundle(contents, wasm) });
}

/**
 * Runs a Worker that answers with JSON.
 *
 * @param {string} contents - The text of its main module.
 * @param {readonly string[]} wasm - The package's wasm modules that it imports.
 * @returns {Promise<unknown>} Its answer.
 */
export async function answerOf(contents, wasm) {
  const worker = await startWorker(contents, wasm);
  try {
    return await (await worker.dispatchFetch('http://worker/')).json();
  } finally {
    await worker.dispose();
  }
}

/**
 * Bundles a Worker as wrangler does: by the package's `workerd` entries, wasm modules uploaded beside it.
 *
 * @param {string} contents - The text of its main module; it imports by paths from the repository's folder.
 * @param {readonly string[]} [wasm] - The wasm modules that it imports, as it names them; the engine where they are left out.
 * @param {string} [folder] - Where they lie; the built package where it is left out.
 * @returns {Promise<import('miniflare').ModuleDefinition[]>} The modules for Miniflare.
 */
export async function bundle(contents, wasm = ['engine.wasm'], folder = join(ROOT, 'pkg')) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd'],
    external: ['*.wasm', 'cloudflare:*'],
  });
  return [
    { type: 'ESModule', path: 'worker.js', contents: outputFiles[0].text },
    ...wasm.map((name) => ({ type: 'CompiledWasm', path: name, contents: readFileSync(join(folder, name)) })),
  ];
}

/**
 * The main module of an example, for {@link bundle}.
 *
 * @param {string} path - Relative to the repository.
 * @returns {string} Its text, which exports all that the example does.
 */
export function mainOf(path) {
  const file = JSON.stringify(join(ROOT, path));
  return `export * from ${file}; export { default } from ${file};`;
}
