import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { testFiles } from '../../scripts/runners.mjs';
import { locate, wasmBindgenVersion } from '../../scripts/tools.mjs';

test('the version of wasm-bindgen is the one that Cargo.toml pins', () => {
  const manifest =
    'wasm-bindgen-futures = "=0.4.1"\nwasm-bindgen = { version = "=0.2.999", default-features = false }\n';
  assert.equal(wasmBindgenVersion(manifest), '0.2.999');
  assert.equal(wasmBindgenVersion('wasm-bindgen = "=0.2.1"\n'), '0.2.1');
  assert.match(wasmBindgenVersion(), /^0\.2\.\d+$/);
});

test('a version of wasm-bindgen that is not pinned is refused', () => {
  assert.throws(() => wasmBindgenVersion('wasm-bindgen = "0.2"\n'), /pins no version/);
});

test('a program is looked for in every folder of the PATH, in order', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'tools-'));
  context.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a-program'), '');
  assert.equal(locate('a-program', `/nowhere:${folder}`), join(folder, 'a-program'));
  assert.equal(locate('a-program', '/nowhere'), undefined);
});

test('test files are found in a folder and below it; a folder that is not there has none', () => {
  assert.ok(testFiles('tests').includes('tests/tooling/tools.test.mjs'));
  assert.deepEqual(testFiles('tests/no-such-folder'), []);
});
