// Bundles the TypeScript of js/ into the package's entries. Entries share their chunks, so that `instanceof` holds
// across all of them.

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './root.mjs';
import { heading } from './run.mjs';

const ENTRIES = join(ROOT, 'js/entry/');

/** What makes a module another one than that of the other importers. */
const ownedBy = (importer) => `?${basename(importer, '.ts')}`;

/** `inline:engine.wasm` is the module as base64; `./engine.wasm` stays an import, for runtimes that take modules. */
const wasm = {
  name: 'wasm',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^inline:/ }, ({ path, importer }) => ({
      path: path.slice('inline:'.length),
      namespace: 'inline',
      suffix: ownedBy(importer),
    }));
    onLoad({ filter: /.*/, namespace: 'inline' }, ({ path }) => ({
      contents: readFileSync(join(ROOT, 'pkg', path), 'base64'),
      loader: 'text',
    }));
    onResolve({ filter: /^\.\/.*\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
  },
};

/**
 * Modules of js/ that go into one chunk though some entries need but a part of them: a file more is 0.7 ms of a fresh
 * process, and a bundler leaves out what an entry does not use. With more of them in the first, `/webhooks` alone gets
 * larger; the second has the rest of what calls need, the contract's client and its reader, which `/live` so reads
 * unbundled: 18 kB more, in three files fewer. A page without a bundler loads the readers, 4 kB, and makes no use of them.
 */
const TOGETHER = {
  base: ['body', 'errors', 'generated/operations', 'option', 'time'],
  core: ['call', 'surface', 'ready', 'client', 'never-left', 'once/deno', 'reader', 'generated/makers'],
  live: ['live/configure', 'live/surface', 'generated/live/makers', 'live/client', 'live/filter'],
};

/** Whoever imports one of a chunk's modules imports them all. */
const together = {
  name: 'together',
  setup({ onResolve, onLoad }) {
    const chunkOf = new Map(
      Object.entries(TOGETHER).flatMap(([chunk, names]) => names.map((name) => [join(ROOT, `js/${name}.js`), chunk])),
    );
    onResolve({ filter: /^\..*\.js$/, namespace: 'file' }, ({ path, resolveDir }) => {
      const chunk = chunkOf.get(join(resolveDir, path));
      return chunk && { path: chunk, namespace: 'together' };
    });
    onLoad({ filter: /.*/, namespace: 'together' }, ({ path }) => ({
      contents: TOGETHER[path].map((name) => `export * from './${name}.ts';`).join(''),
      resolveDir: join(ROOT, 'js'),
    }));
  },
};

/** An entry that imports another one imports its file, which so stays one: what two entries share becomes a chunk. */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    const names = Object.keys(entries());
    onResolve({ filter: /^\.\/[^/]*\.js$/ }, ({ path, importer }) =>
      importer.startsWith(ENTRIES) && names.includes(basename(path, '.js')) ? { path, external: true } : undefined,
    );
    // They are small, and what they do may be done twice, so each entry that needs them has its own.
    onResolve(
      { filter: /\/(?:module\/inline|runtime\.node|(?:live-)?records)\.js$/ },
      ({ path, resolveDir, importer }) => ({
        path: join(resolveDir, path.replace(/js$/, 'ts')),
        suffix: ownedBy(importer),
      }),
    );
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
    'chunksOf',
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
  ...[
    'over',
    'ownFetch',
    'owner',
    'pacing',
    'paginate',
    'prefix',
    'removeLate',
    'reporter',
    'row',
    'say',
    'sentAt',
    'warnOnce',
  ],
];

/** Writes the entries and their chunks to pkg/. */
export async function bundle() {
  heading('Bundling the JavaScript');
  const { outputFiles } = await build({
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
    plugins: [wasm, apart, together],
    write: false,
  });
  write(outputFiles);
}

/** Writes all files but those without code, which modules leave that only export others'. */
function write(files) {
  const names = files.filter(({ text }) => !text.trim()).map(({ path }) => basename(path));
  const imports = new RegExp(`^import "\\./(?:${names.join('|')})";\n`, 'gm');
  for (const { path, text } of files) {
    if (names.includes(basename(path))) continue;
    const code = text.replace(imports, '');
    const lost = names.find((name) => code.includes(name));
    if (lost) throw new Error(`${path} imports ${lost}, which is empty`);
    writeFileSync(path, code);
    if (code.startsWith('#!')) chmodSync(path, 0o755);
  }
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
