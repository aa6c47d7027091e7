// Bundles the TypeScript of js/ into the package's entries. Entries share their chunks, so that `instanceof` holds
// across all of them.

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './root.mjs';
import { heading } from './run.mjs';

/** `inline:engine.wasm` is the module's bytes; `./engine.wasm` stays an import, for runtimes that take modules. */
const wasm = {
  name: 'wasm',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^inline:/ }, ({ path }) => ({ path: path.slice('inline:'.length), namespace: 'inline' }));
    onLoad({ filter: /.*/, namespace: 'inline' }, ({ path }) => ({
      contents: readFileSync(join(ROOT, 'pkg', path)),
      loader: 'binary',
    }));
    onResolve({ filter: /^\.\/.*\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** Writes the entries and their chunks to pkg/. */
export async function bundle() {
  heading('Bundling the JavaScript');
  await build({
    entryPoints: entries(),
    absWorkingDir: ROOT,
    outdir: 'pkg',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    target: ['es2022'],
    external: ['node:*'],
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [wasm],
  });
}

/** The entries are what the manifest names; each has the name of its source. */
function entries() {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'pkg-template/package.json'), 'utf8'));
  const paths = [...Object.values(manifest.exports), manifest.bin]
    .flatMap(pathsIn)
    .filter((path) => path.endsWith('.js'));
  return Object.fromEntries(paths.map((path) => basename(path, '.js')).map((name) => [name, `js/entry/${name}.ts`]));
}

/** The paths below an entry, the last first: esbuild orders code by entries, and browsers compress this order best. */
function pathsIn(entry) {
  return typeof entry === 'string' ? entry : Object.values(entry).reverse().flatMap(pathsIn);
}
