// The crates: what docs.rs builds of them, and their example as wasm. Each feature is compiled by the stage `lint`.

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Miniflare } from 'miniflare';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { ROOT } from '../../scripts/root.mjs';
import { run, step } from '../../scripts/run.mjs';
import { bundle } from '../runtimes.mjs';
import { BROWSERS, waitFor } from './browsers.mjs';
import { cell, prepare } from './cell.mjs';
import { serveFolder } from './site.mjs';

const WASM = 'wasm32-unknown-unknown';
/** Of its own: cargo gives wasm libraries of the workspace with other features the same file. */
const TARGET = join(ROOT, 'target/rust-app');
const APP = join(ROOT, 'tests/matrix/fixtures/rust');
const CRATES = JSON.parse((await cargo('metadata', '--no-deps', '--format-version', '1')).stdout).packages.filter(
  ({ publish }) => publish === null,
);
/** What the example tells on the host; see tests/examples/rust.test.mjs. */
const TOLD = [
  'after 0 ms more: queued',
  'after 500 ms more: sent',
  'after 5000 ms more: read',
  'Aida after 2 tries',
  '251 contacts',
];
/** The cells, with what defines their tests. */
const CELLS = [
  { name: 'Rust, docs.rs', define: describeDocuments },
  { name: 'Rust, the example on workerd', define: () => describeApp(inWorkerd) },
  { name: 'Rust, the example in Chromium', tools: ['chromium'], define: () => describeApp(inChromium) },
];

for (const [{ name, define }, reason] of await prepare(CELLS)) cell(name, reason, define);

function describeDocuments() {
  for (const { name, metadata } of CRATES) {
    test(`it documents ${name}, for wasm too`, async () => {
      const { features = [], targets } = metadata.docs.rs;
      assert.ok(targets.includes(WASM), targets);
      const args = ['-p', name, '--no-deps', '--features', features.join(), '--target', WASM];
      const { code, output } = await cargo('doc', '--quiet', ...args);
      assert.deepEqual([code, output], [0, '']);
    });
  }
}

/** The app compiled for JavaScript; a runtime gives the contact's name, and what the example tells. */
function describeApp(inRuntime) {
  let folder;
  let server;
  let said;

  before(async () => {
    folder = await compileApp();
    server = await serveSandbox({ port: 0 });
    server.sandbox.seed(1);
    said = await inRuntime(folder, `${server.url}/v2`);
  });

  after(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the client speaks over fetch', () => {
    assert.equal(said.firstName, server.sandbox.snapshot().contacts[0].profile.firstName);
    assert.deepEqual(
      server.sandbox.journal().map(({ operation }) => operation),
      ['getContact'],
    );
  });

  test('the example tells what it tells on the host', () => {
    assert.deepEqual(said.told.split('\n'), TOLD);
  });
}

async function compileApp() {
  const env = { ...process.env, CARGO_TARGET_DIR: TARGET };
  const build = ['build', '--quiet', '--locked', '--target', WASM];
  await step('Compiling the Rust app', 'cargo', build, { cwd: APP, env, quiet: true });
  const folder = mkdtempSync(join(tmpdir(), 'respond-io-wasm-'));
  const bindgen = [
    '--target',
    'web',
    '--no-typescript',
    '--out-dir',
    folder,
    join(TARGET, WASM, 'debug/rust_app.wasm'),
  ];
  await step('Binding it', 'wasm-bindgen', bindgen, { env, quiet: true });
  for (const name of readdirSync(join(APP, 'js'))) copyFileSync(join(APP, 'js', name), join(folder, name));
  return folder;
}

async function inWorkerd(folder, baseUrl) {
  const wasm = 'rust_app_bg.wasm';
  const main = JSON.stringify(join(folder, 'worker.js'));
  const modules = await bundle(`export { default } from ${main};`, [wasm], folder);
  const miniflare = new Miniflare({ compatibilityDate: '2026-04-01', modules });
  try {
    const response = await miniflare.dispatchFetch(`http://worker/?${new URLSearchParams({ baseUrl })}`);
    return await response.json();
  } finally {
    await miniflare.dispose();
  }
}

async function inChromium(folder, baseUrl) {
  const site = await serveFolder(folder);
  const session = await BROWSERS.chromium();
  try {
    await session.open(`${site.url}/page.html?${new URLSearchParams({ baseUrl })}`);
    return JSON.parse(await waitFor(session, 'document.body?.innerText'));
  } finally {
    await session.close();
    site.close();
  }
}

/** Cargo, for which a warning is an error. */
function cargo(...args) {
  const env = { ...process.env, RUSTDOCFLAGS: '-D warnings' };
  return run('cargo', args, { env, quiet: true, minutes: 5 });
}
