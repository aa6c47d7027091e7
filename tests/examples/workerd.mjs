import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/root.mjs';

/**
 * Bundles a Worker as wrangler does: by the package's `workerd` entry, its wasm module uploaded beside it.
 *
 * @param {string} path - The Worker's program, relative to the repository.
 * @returns {Promise<object[]>} The modules that Miniflare takes.
 */
export async function workerModules(path) {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, path)],
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd'],
    external: ['*.wasm', 'cloudflare:*'],
  });
  const wasm = fileURLToPath(new URL('engine.wasm', import.meta.resolve('respond-io-wasm')));
  return [
    { type: 'ESModule', path: 'worker.js', contents: outputFiles[0].text },
    { type: 'CompiledWasm', path: 'engine.wasm', contents: readFileSync(wasm) },
  ];
}
