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
    clippy('host, no features', client([])),
    clippy('host, client', client(['client'])),
    clippy('host, npm', client(['npm'])),
    clippy('host, live', client(['client', 'live'])),
    clippy('host, webhooks', client(['webhooks'])),
    clippy('host, all features', client(['client', 'bindings', 'npm', 'describe', 'webhooks'])),
    clippy('wasm32, no features', [...client([]), ...WASM]),
    clippy('wasm32, client', [...client(['client']), ...WASM]),
    clippy('wasm32, bindings', [...client(['bindings']), ...WASM]),
    clippy('wasm32, npm', [...client(['npm']), ...WASM]),
    clippy('wasm32, npm and live', [...client(['npm', 'live']), ...WASM]),
    clippy('wasm32, all features', [...client(['client', 'bindings', 'npm', 'describe', 'webhooks']), ...WASM]),
    clippy('wasm32, sandbox', ['-p', 'respond-io-sandbox', '--features', 'wasm', ...WASM]),
    ['biome', 'biome', ['ci', '--colors=off', '--error-on-warnings', '.']],
    ['tsc', 'tsc', ['-p', 'tsconfig.json', '--noEmit']],
  ];
}

function clippy(name, args) {
  return [`clippy, ${name}`, 'cargo', ['clippy', '-q', ...args, '--', '-D', 'warnings']];
}

function client(features) {
  return ['-p', 'respond-io-wasm', '--no-default-features', '--features', features.join(',')];
}
