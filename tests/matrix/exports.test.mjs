// The exports map, and what must hold for every entry that it names; a new entry is covered once it is in the map.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { transform } from 'esbuild';
import { ROOT } from '../../scripts/root.mjs';
import { run } from '../../scripts/run.mjs';
import { makeApp } from './app.mjs';
import { cell, prepare } from './cell.mjs';
import { closure, entriesFor, namesIn } from './exports.mjs';
import { node, tool } from './tools.mjs';

/** The conditions of an entry that differs from runtime to runtime, in their order. */
const CONDITIONS = ['types', 'workerd', 'edge-light', 'deno', 'bun', 'node', 'browser', 'default'];
const COMPILERS = ['typescript-5.4', 'typescript-newest'];
/** The modules that TypeScript writes for each way of resolution. */
const RESOLUTIONS = { bundler: 'esnext', node16: 'node16', nodenext: 'nodenext' };
const CELL = { name: 'The exports map and its files' };

const cells = await prepare([CELL]);
let app;
let manifest;

before(async () => {
  if (cells.size === 0) return;
  app = await makeApp();
  manifest = JSON.parse(readFileSync(join(app.library, 'package.json'), 'utf8'));
});

after(() => app?.remove());

for (const [{ name }, reason] of cells) cell(name, reason, describeExports);

function describeExports() {
  test('every entry has types first, and each runtime its file', () => {
    for (const [name, entry] of Object.entries(manifest.exports)) {
      if (typeof entry === 'string') continue;
      const conditions = Object.keys(entry);
      const isPlain = conditions.length === 2;
      assert.deepEqual(conditions, isPlain ? ['types', 'default'] : CONDITIONS, name);
      for (const path of Object.values(entry)) assert.ok(existsSync(join(app.library, path)), `${name} ${path}`);
    }
  });

  test('what one file serves everywhere loads no wasm', () => {
    for (const [name, { types, ...files }] of scripts()) {
      const loads = Object.values(files).some((path) => holds(path, /\.wasm|\bWebAssembly\.(?!RuntimeError|Module\b)/));
      if (Object.keys(files).length === 1 && name !== './sandbox/server') assert.ok(!loads, name);
    }
  });

  test('Node, Deno and Bun read no file, and Workers and Vercel import theirs', () => {
    for (const [name, { deno, bun, node, workerd, 'edge-light': edge }] of scripts()) {
      // What has no file for workerd has no module either, and `/slim` is given its own.
      if (workerd === undefined || name === './slim') continue;
      for (const path of [deno, bun, node]) assert.ok(!holds(path, /['"]\.[^'"]*\.wasm|node:fs/), `${name} ${path}`);
      for (const path of [workerd, edge])
        assert.ok(!holds(path, /\bWebAssembly\.compile|import\.meta/), `${name} ${path}`);
    }
  });

  test('no entry waits at its top or imports dynamically', async () => {
    for (const path of new Set(scripts().flatMap(([, { types, ...files }]) => Object.values(files)))) {
      for (const [file, text] of closure(app.library, path)) {
        assert.doesNotMatch(text, /\bimport\(/, file);
        // A CommonJS module cannot wait at its top, and esbuild says so.
        await transform(text, { format: 'cjs', logLevel: 'silent' });
      }
    }
  });

  test('publint finds nothing', async () => {
    const { code, output } = await run(node(22), [tool('publint/src/cli.js'), 'run', app.library, '--strict'], quiet());
    assert.equal(code, 0, output);
    assert.match(output, /All good!/);
  });

  test('are the types wrong finds nothing', async () => {
    const args = [tool('@arethetypeswrong/cli/dist/index.js'), app.tarball, '--profile', 'esm-only'];
    const { code, output } = await run(node(22), args, quiet());
    assert.equal(code, 0, output);
  });

  for (const major of [20, 22, 24]) {
    test(`CommonJS can require every entry on Node ${major}`, async () => {
      const names = [...entriesFor(app.library, ['node']).keys()].map((name) => `respond-io-wasm${name.slice(1)}`);
      const program = `for (const name of ${JSON.stringify(names)}) {
        if (Object.keys(require(name)).length === 0) throw new Error(name);
      }
      const { RespondIO } = require('respond-io-wasm');
      const { createSandbox } = require('respond-io-wasm/sandbox');
      createSandbox()
        .then(({ fetch }) => new RespondIO({ apiToken: 'sandbox', fetch }).tags.create({ name: 'required' }))
        .then(({ name }) => console.log(name));`;
      writeFileSync(join(app.folder, 'require.cjs'), program);
      const { stdout, output } = await run(node(major), ['require.cjs'], quiet());
      assert.equal(stdout, 'required\n', output);
    });
  }

  for (const [place, conditions] of [
    ['in a server', ['node']],
    ['in a server that was given the files of browsers', ['browser']],
  ]) {
    test(`importing touches no global, no file and no network ${place}`, async () => {
      const files = [...entriesFor(app.library, conditions).values()].map((path) => join(app.library, path));
      writeFileSync(join(app.folder, 'touch.mjs'), TOUCH);
      const { code, stdout, output } = await run(node(20), ['touch.mjs', ...files], quiet());
      assert.equal(code, 0, output);
      assert.deepEqual(JSON.parse(stdout), { imported: files.length, touched: [] });
    });
  }

  for (const compiler of COMPILERS) {
    for (const [moduleResolution, module] of Object.entries(RESOLUTIONS)) {
      test(`the definitions compile with ${compiler}, ${moduleResolution}`, async () => {
        const compilerOptions = { ...STRICT, module, moduleResolution };
        writeFileSync(join(app.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['all.ts'] }));
        writeFileSync(join(app.folder, 'all.ts'), typed());
        const { code, output } = await run(node(22), [tool(`${compiler}/bin/tsc`), '-p', 'tsconfig.json'], quiet());
        assert.equal(code, 0, output);
      });
    }
  }

  test('the modules need no feature of wasm that a runtime lacks', async () => {
    const names = readdirSync(app.library).filter((name) => name.endsWith('.wasm'));
    const args = [join(ROOT, 'tests/matrix/features.mjs'), ...names.map((name) => join(app.library, name))];
    const { stdout } = await run(process.execPath, args, quiet());
    const needed = JSON.parse(stdout.trim().split('\n').at(-1));
    assert.deepEqual(Object.keys(needed), names);
    for (const [name, features] of Object.entries(needed)) assert.ok(!features.includes('more than is accepted'), name);
    for (const name of ['engine.wasm', 'engine.browser.wasm']) assert.deepEqual(needed[name], ['bulk memory'], name);
  });
}

/** The entries of JavaScript, with their files by condition. */
function scripts() {
  return Object.entries(manifest.exports).filter(([, entry]) => namesIn(entry).some((path) => path.endsWith('.js')));
}

/** Whether a file that an entry leads to has this in it. */
function holds(path, pattern) {
  return [...closure(app.library, path).values()].some((text) => pattern.test(text));
}

const STRICT = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
};

/** A program that uses the types of every entry. */
function typed() {
  const names = Object.keys(manifest.exports).filter((name) => name !== './package.json');
  const imports = names.map((name, at) => `import * as e${at} from 'respond-io-wasm${name.slice(1)}';\n`);
  return `${imports.join('')}export const all = [${names.map((_, at) => `e${at}`)}];\n`;
}

/** Imports files and prints what of the surroundings that has used. */
const TOUCH = `
import fs from 'node:fs';
const touched = [];
const files = process.argv.slice(2);
for (const name of ['window', 'document', 'navigator', 'location', 'localStorage', 'self', 'Deno', 'Bun']) {
  Object.defineProperty(globalThis, name, { configurable: true, get: () => void touched.push(name) });
}
const called = (owner, name) => {
  owner[name] = () => { throw new Error(touched.push(name + '()')); };
};
for (const name of ['fetch', 'setTimeout', 'setInterval', 'queueMicrotask']) called(globalThis, name);
for (const name of ['compile', 'compileStreaming', 'instantiate', 'Instance']) called(WebAssembly, name);
for (const name of ['readFile', 'readFileSync', 'open', 'openSync', 'createReadStream']) called(fs, name);
const { readFile } = fs.promises;
// Node reads the modules themselves with it.
fs.promises.readFile = (path, ...rest) => {
  if (!String(path).endsWith('.js')) touched.push(String(path));
  return readFile(path, ...rest);
};
called(Math, 'random');
called(Date, 'now');
const before = Object.getOwnPropertyNames(globalThis).join();
for (const file of files) await import(file);
if (Object.getOwnPropertyNames(globalThis).join() !== before) touched.push('a new global');
console.log(JSON.stringify({ imported: files.length, touched }));
`;

function quiet() {
  return { cwd: app.folder, quiet: true, minutes: 2 };
}
