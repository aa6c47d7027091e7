import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/root.mjs';

/**
 * Bundles a Worker as wrangler does: by the package's `workerd` entry, its wasm module uploaded beside it.
 *
 * @param {string} contents - The text of the Worker's main module; it imports by paths from the repository's folder.
 * @param {string} [path] - Where the Worker imports the wasm module from.
 * @param {string} [file] - Where that module lies; the package's engine where both are left out.
 * @returns {Promise<import('miniflare').ModuleDefinition[]>} The modules for Miniflare.
 */
export async function bundle(contents, path = 'engine.wasm', file = engine()) {
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
    { type: 'CompiledWasm', path, contents: readFileSync(file) },
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

function engine() {
  return fileURLToPath(new URL('engine.wasm', import.meta.resolve('respond-io-wasm')));
}
