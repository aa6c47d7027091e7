// Compiles the Worker into build/: cargo, then wasm-bindgen, which must be of the very version that Cargo.lock names.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const TARGET = 'wasm32-unknown-unknown';

const cwd = fileURLToPath(new URL('.', import.meta.url));
const run = (program, ...args) => execFileSync(program, args, { cwd, stdio: 'inherit' });
const folder = process.env.CARGO_TARGET_DIR ?? 'target';
run('cargo', 'build', '--release', '--locked', '--target', TARGET);
// After a panic the next request gets a new instance of the module.
const options = ['--target', 'web', '--no-typescript', '--omit-default-module-path', '--force-enable-abort-handler'];
run('wasm-bindgen', ...options, '--out-dir', 'build', `${folder}/${TARGET}/release/rust_worker.wasm`);
