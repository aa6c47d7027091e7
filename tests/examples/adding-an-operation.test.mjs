import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { ROOT } from '../../scripts/root.mjs';
import { step } from '../../scripts/run.mjs';

const PARENT = join(ROOT, 'target');
// Always the same folder, so that cargo finds there what it compiled the time before.
const COPY = join(PARENT, 'adding-an-operation');
const PARTS = [
  'Cargo.toml',
  'Cargo.lock',
  'README.md',
  'docs',
  'examples',
  'properties',
  'sandbox',
  'scripts',
  'src',
  'tests',
  'xtask',
];
const ENVIRONMENT = {
  ...process.env,
  // Built beside, since programs of the copy would stand in the place of the repository's own.
  CARGO_TARGET_DIR: join(PARENT, 'adding-an-operation-build'),
  // The copy lies within the repository, whose git must not take the patch for its own.
  GIT_CEILING_DIRECTORIES: PARENT,
};

before(async () => {
  rmSync(COPY, { recursive: true, force: true });
  mkdirSync(COPY, { recursive: true });
  const filter = (path) => !/[\\/](node_modules|target)$/.test(path);
  for (const part of PARTS) {
    cpSync(join(ROOT, part), join(COPY, part), { recursive: true, preserveTimestamps: true, filter });
  }
  const [, patch] = /^```diff\n(.*?)^```$/ms.exec(readFileSync(join(ROOT, 'docs/adding-an-operation.md'), 'utf8'));
  writeFileSync(join(COPY, 'operation.patch'), patch);
  await inCopy('Applying the patch', 'git', 'apply', '--whitespace=error', 'operation.patch');
});

test('with the documented patch the suites of the drivers and of the sandbox pass', async () => {
  const suites = ['--test', 'behaviour', '--test', 'service'];
  const { output } = await inCopy(
    'Testing',
    'cargo',
    'test',
    '-p',
    'respond-io-wasm',
    '-p',
    'respond-io-sandbox',
    ...suites,
  );
  assert.equal([...output.matchAll(/^test result: ok\. \d+ passed; 0 failed/gm)].length, 2, output);
});

test('with the documented patch the operation appears in everything that is printed', async () => {
  await inCopy('Printing', 'cargo', 'run', '-p', 'xtask', '--', 'generate');
  for (const [path, text] of [
    ['README.md', '| `tags.list()` | `GET /tag` | `Tag[]` | yes |'],
    ['js/generated/resources.ts', '  list(options?: CallOptions): ApiPromise<Tag[]> {'],
    ['js/generated/operations.ts', "  ['listTags', 'GET', true, true, \"\"],"],
    ['src/bindings/types.d.ts', '  listTags(): Promise<Tag[]>;'],
  ]) {
    assert.ok(readFileSync(join(COPY, path), 'utf8').includes(`${text}\n`), path);
    const before = path.startsWith('js/') ? '' : readFileSync(join(ROOT, path), 'utf8');
    assert.ok(!before.includes(text), `${path} had it before`);
  }
});

function inCopy(name, program, ...args) {
  return step(name, program, args, { cwd: COPY, env: ENVIRONMENT, quiet: true });
}
