// Bundles the TypeScript of js/ into the package's entries. Entries share their chunks, so that `instanceof` holds
// across all of them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './root.mjs';
import { heading } from './run.mjs';

const ENTRIES = {
  'index.browser': 'js/entry/index.browser.ts',
  'index.node': 'js/entry/index.node.ts',
  'index.workerd': 'js/entry/index.workerd.ts',
  'live.browser': 'js/entry/live.browser.ts',
  'live.node': 'js/entry/live.node.ts',
  'live.workerd': 'js/entry/live.workerd.ts',
  bulk: 'js/entry/bulk.ts',
  'proxy.browser': 'js/entry/proxy.browser.ts',
  'proxy.node': 'js/entry/proxy.node.ts',
  'proxy.workerd': 'js/entry/proxy.workerd.ts',
  'sandbox.browser': 'js/entry/sandbox.browser.ts',
  'sandbox.node': 'js/entry/sandbox.node.ts',
  'sandbox.workerd': 'js/entry/sandbox.workerd.ts',
  'sandbox-server': 'js/entry/sandbox-server.ts',
  'sandbox-bin': 'js/entry/sandbox-bin.ts',
  webhooks: 'js/entry/webhooks.ts',
};

/** `inline:engine.wasm` is the module's bytes; `./engine.wasm` stays an import, for runtimes that take modules. */
const wasm = {
  name: 'wasm',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^inline:/ }, ({ path }) => ({ path: path.slice('inline:'.length), namespace: 'inline' }));
    onLoad({ filter: /.*/, namespace: 'inline' }, ({ path }) => ({
      contents: readFileSync(join(ROOT, 'pkg', path)),
      loader: 'binary',
    }));
    onResolve({ filter: /^\.\/.*\.wasm$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** Writes the entries and their chunks to pkg/. */
export async function bundle() {
  heading('Bundling the JavaScript');
  await build({
    entryPoints: ENTRIES,
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
