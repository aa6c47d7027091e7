import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { checks, featuresOf } from '../../scripts/checks.mjs';
import { ROOT } from '../../scripts/root.mjs';

const MANIFEST = readFileSync(join(ROOT, 'Cargo.toml'), 'utf8');

test('the features of a manifest are found', () => {
  const manifest =
    '[lib]\na = []\n\n[features]\ndefault = ["b"]\n# c = []\nb = ["dep:d"]\nb-c = []\n\n[dependencies]\nd = "1"\n';
  assert.deepEqual(featuresOf(manifest), ['b', 'b-c']);
});

test('every feature is checked alone on both targets', () => {
  const features = featuresOf(MANIFEST);
  assert.ok(features.includes('client') && features.length > 4, features.join());
  const names = checks().map(([name]) => name);
  for (const feature of [...features, 'no features', 'all features']) {
    for (const target of ['host', 'wasm32']) assert.ok(names.includes(`clippy, ${target}, ${feature}`), feature);
  }
});

test('docs.rs builds for wasm', () => {
  const [, section] = /^\[package\.metadata\.docs\.rs\]\n(.*?)\n\n/ms.exec(MANIFEST);
  assert.match(section, /^targets = \["wasm32-unknown-unknown",/m);
});
