import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';
import { compile, mistakes, operations, sources } from './compiler.mjs';
import { asFiles, examples, extract } from './examples.mjs';

const DIRECTIVE = /^\/\/ @ts-expect-error$/gm;
/** Mistakes of a test, not of what it tests: syntax below 2000, names that do not exist. */
const UNKNOWN_NAMES = [2304, 2552, 2503, 2749];

const accepts = sources('accepts');
const rejects = sources('rejects');

/** The files with directives that the compiler does not know, so that it tells the mistakes that they hide. */
function undirected(files) {
  return new Map([...files].map(([path, text]) => [path, text.replaceAll('@ts-expect-error', 'a mistake')]));
}

function called(files) {
  return new Set(
    [...files.values()].flatMap((text) => [...text.matchAll(/\bclient\.(\w+\.\w+)\(/g)].map(([, name]) => name)),
  );
}

test('what is right compiles', () => {
  assert.equal(accepts.size, 16);
  assert.deepEqual(mistakes(compile(accepts)), []);
});

test('what is right compiles for a bundler, too', () => {
  const options = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  assert.deepEqual(mistakes(compile(accepts, options)), []);
});

test('what is right compiles on Node without the types of the DOM', () => {
  assert.deepEqual(mistakes(compile(accepts, { lib: ['lib.es2022.d.ts'], types: ['node'] })), []);
});

test('every line that is marked as wrong is a mistake, and no other', () => {
  assert.equal(rejects.size, 16);
  assert.deepEqual(mistakes(compile(rejects)), []);
});

test('each mistake is one of types, not of the test', () => {
  const found = mistakes(compile(undirected(rejects)));
  const lines = new Set(found.map(({ file, line }) => `${file}:${line}`));
  const directives = [...rejects.values()].flatMap((text) => text.match(DIRECTIVE) ?? []);
  assert.equal(directives.length, 493);
  assert.equal(lines.size, directives.length);
  assert.deepEqual(
    found.filter(({ code }) => code < 2000 || UNKNOWN_NAMES.includes(code)),
    [],
  );
});

test('every operation is among what is right and among what is wrong', () => {
  const all = operations(compile(accepts)).sort();
  assert.equal(all.length, 20);
  for (const files of [accepts, rejects]) {
    const names = called(files);
    assert.deepEqual(
      all.filter((name) => !names.has(name)),
      [],
    );
  }
});

test('every example in the definitions compiles', async () => {
  const all = examples();
  const resources = all.filter(({ file }) => file === 'generated/resources.d.ts');
  assert.equal(resources.length, 20);
  assert.equal(all.filter(({ file }) => file === 'generated/live/resources.d.ts').length, 28);
  assert.ok(all.length - resources.length >= 10, `only ${all.length} examples`);
  assert.deepEqual(mistakes(compile(await asFiles(all), { types: ['node'] })), []);
});

test('an example is found with a fence and without, one or several in a comment', () => {
  const fenced = '/**\n   * Text.\n   * @example\n   * ```ts\n   * a();\n   * ```\n   * @returns Nothing.\n   */';
  const bare = '/** @example b(); */ code(); /**\n * @example\n * c();\n *   d();\n * @example\n * e();\n */';
  assert.deepEqual(extract(fenced + bare), ['a();', 'b();', 'c();\n  d();', 'e();']);
  assert.deepEqual(extract('/** An example, {@link example}. */ // @example f();'), []);
});
