// Every block of JavaScript in the documents is a program; the block of text after it is what the program prints.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as library from 'respond-io-wasm';
import { ROOT } from '../../scripts/root.mjs';
import { runExample } from './support.mjs';

const DOCUMENTS = [
  'README.md',
  'pkg-template/README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

for (const document of DOCUMENTS) {
  for (const { line, program, printed } of programs(document)) {
    test(`${document}:${line}`, async () => {
      const args = ['--import', './tests/examples/offline.mjs', '--input-type=module', '--eval', program];
      const { code, stdout, output } = await runExample(process.execPath, args, { RESPOND_IO_TOKEN: 'sandbox' });
      assert.equal(code, 0, output);
      if (printed !== undefined) assert.equal(stdout, printed);
    });
  }
}

test('every file and section that a document links to is there', () => {
  const all = [...DOCUMENTS, ...readmes('examples'), 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];
  for (const document of all) {
    for (const [, link] of read(document).matchAll(/\]\(((?!https:)[^)]+)\)/g)) {
      const [path, section] = link.split('#');
      const target = path ? join(document, '..', path) : document;
      const text = read(target);
      const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading));
      assert.ok(section === undefined || headings.includes(section), `${document}: ${link}`);
    }
  }
});

test('every snippet about runtimes is part of a fixture that the matrix runs', () => {
  const fence = /(?:^<!-- (\S+) -->\n)?^```(\w+)\n(.*?)^```$/gms;
  const snippets = [...read('docs/runtimes.md').matchAll(fence)];
  assert.ok(snippets.length > 10, `${snippets.length}`);
  for (const [, path, language, text] of snippets) {
    assert.match(path ?? '', /^tests\/matrix\/(fixtures|hosts)\//, `${language}: ${text}`);
    assert.ok(withoutGaps(read(path)).includes(withoutGaps(text)), `${path}: ${text}`);
  }
});

test('every test that SECURITY.md names is there', () => {
  const names = [...read('SECURITY.md').matchAll(/tests\/[\w./-]+/g)].map(([name]) => name.replace(/\.$/, ''));
  assert.ok(names.length > 30, `${names.length}`);
  for (const name of names) assert.ok(existsSync(join(ROOT, name)), name);
});

test('the table of options names every option', () => {
  // A client names the options that it knows when it is given another.
  const known = refusal(() => new library.RespondIO({ unheardOf: true }))
    .message.replace(/^.*known are /, '')
    .split(', ');
  assert.deepEqual(firstColumn('Options').sort(), known.sort());
});

test('the table of errors names every class', () => {
  const isKind = ([, value]) => value.prototype instanceof library.RespondIOError;
  const names = Object.entries(library)
    .filter(isKind)
    .map(([name]) => name);
  assert.deepEqual(firstColumn('Errors').sort(), names.sort());
});

test("the package's README names every entry", () => {
  const { exports } = JSON.parse(read('pkg-template/package.json'));
  const entries = Object.keys(exports).filter((name) => name !== './package.json');
  const named = [...read('pkg-template/README.md').matchAll(/^\| `respond-io-wasm(\S*)` \|/gm)].map(
    ([, name]) => `.${name}`,
  );
  assert.deepEqual(named.sort(), entries.sort());
});

/** A text without its empty lines and comments, which a snippet may leave out. */
function withoutGaps(text) {
  return text.replace(/^\s*(\/\/.*)?\n/gm, '');
}

/** Every README.md in a folder of the repository and the folders in it, but for those of packages. */
function readmes(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .filter((name) => /(^|\/)README\.md$/.test(name) && !name.includes('node_modules'))
    .map((name) => `${folder}/${name}`);
}

/** The code in the first column of the table in a section of the README. */
function firstColumn(heading) {
  const [, section] = new RegExp(`^## ${heading}\\n(.*?)^## `, 'ms').exec(read('README.md'));
  return [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
}

function refusal(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
}

/** The programs of a document: the line on which each begins, its text, and what it prints where that is written down. */
function programs(document) {
  const text = read(document);
  return [...text.matchAll(/^```js\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    program: match[1],
    printed: match[2],
  }));
}

function read(path) {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** A heading's name in a link. */
function slug(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
}
