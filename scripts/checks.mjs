import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

/** A check: its name, its program and its arguments. @typedef {readonly [string, string, readonly string[]]} Check */

const WASM = ['--target', 'wasm32-unknown-unknown'];

/**
 * Every check of form and lint.
 *
 * @returns {Check[]} In the order in which they are run.
 */
export function checks() {
  return [
    ['rustfmt', 'cargo', ['fmt', '--all', '--check']],
    clippy('workspace', ['--workspace', '--all-targets']),
    ...onTarget('host', []),
    clippy('host, client and live', client(['client', 'live'])),
    ...onTarget('wasm32', WASM),
    clippy('wasm32, npm and live', [...client(['npm', 'live']), ...WASM]),
    clippy('wasm32, sandbox', ['-p', 'respond-io-sandbox', '--features', 'wasm', ...WASM]),
    ['biome', 'biome', ['ci', '--colors=off', '--error-on-warnings', '.']],
    ['tsc', 'tsc', ['-p', 'tsconfig.json', '--noEmit']],
  ];
}

/** The crate without a feature, with each alone and with all. */
function onTarget(name, target) {
  const features = featuresOf(readFileSync(join(ROOT, 'Cargo.toml'), 'utf8'));
  return [
    clippy(`${name}, no features`, [...client([]), ...target]),
    ...features.map((feature) => clippy(`${name}, ${feature}`, [...client([feature]), ...target])),
    clippy(`${name}, all features`, [...client(features), ...target]),
  ];
}

/**
 * The features that a manifest declares.
 *
 * @param {string} manifest - The text of a Cargo.toml.
 * @returns {string[]} Their names, but for `default`.
 */
export function featuresOf(manifest) {
  const [, section] = /^\[features\]\n(.*?)^\[/ms.exec(manifest);
  return [...section.matchAll(/^([\w-]+) = /gm)].map(([, name]) => name).filter((name) => name !== 'default');
}

function clippy(name, args) {
  return [`clippy, ${name}`, 'cargo', ['clippy', '-q', ...args, '--', '-D', 'warnings']];
}

function client(features) {
  return ['-p', 'respond-io-wasm', '--no-default-features', '--features', features.join(',')];
}
