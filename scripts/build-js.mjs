// Bundles the TypeScript of js/ into the package's entries. Entries share their chunks, so that `instanceof` holds
// across all of them.

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './root.mjs';
import { heading } from './run.mjs';

/** `inline:engine.wasm` is the module as base64; `./engine.wasm` stays an import, for runtimes that take modules. */
const wasm = {
  name: 'wasm',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^inline:/ }, ({ path }) => ({ path: path.slice('inline:'.length), namespace: 'inline' }));
    onLoad({ filter: /.*/, namespace: 'inline' }, ({ path }) => ({
      contents: readFileSync(join(ROOT, 'pkg', path), 'base64'),
      loader: 'text',
    }));
    onResolve({ filter: /^\.\/.*\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
  },
};

/**
 * Modules of js/ that go into one chunk though some entries need but a part of them: a file more is half a millisecond of
 * a fresh process, and a bundler leaves out what an entry does not use. With more of them `/webhooks` alone gets larger.
 */
const TOGETHER = ['body', 'errors', 'generated/operations', 'option', 'time'];

/** Whoever imports one of them imports them all. */
const together = {
  name: 'together',
  setup({ onResolve, onLoad }) {
    const sources = TOGETHER.map((name) => join(ROOT, `js/${name}.js`));
    onResolve({ filter: /^\..*\.js$/, namespace: 'file' }, ({ path, resolveDir }) =>
      sources.includes(join(resolveDir, path)) ? { path: 'together', namespace: 'together' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'together' }, () => ({
      contents: TOGETHER.map((name) => `export * from './${name}.ts';`).join(''),
      resolveDir: join(ROOT, 'js'),
    }));
  },
};

/**
 * Properties that parts of this package read of one another, and nobody else: bundlers shorten no property, so they are
 * shortened here, which saves 100 bytes of a page's download. What another copy of the package reads keeps its name,
 * such as the methods of `Pace`.
 */
const INTERNAL = [
  ...[
    'admit',
    'bodyLost',
    'bounds',
    'bucketOf',
    'checkTime',
    'config',
    'due',
    'elapsed',
    'fetchOnce',
    'giveUp',
    'hint',
  ],
  ...[
    'isAgain',
    'isBrowser',
    'leftMs',
    'limiter',
    'longest',
    'lossAt',
    'maxPauseMs',
    'moved',
    'neverLeft',
    'onLimit',
    'operations',
  ],
  ...['over', 'owner', 'pacing', 'paginate', 'prefix', 'removeLate', 'reporter', 'row', 'say', 'sentAt', 'warnOnce'],
];

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
    // Bundlers put a constant into the place of its name only before they have made one file of many: 70 bytes less.
    minifySyntax: true,
    mangleProps: new RegExp(`^(?:${INTERNAL.join('|')})$`),
    logLevel: 'warning',
    plugins: [wasm, together],
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
