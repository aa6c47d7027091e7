// Builds the publishable package into pkg/: wasm modules, JavaScript, types, and what pkg-template/ holds.

import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildTypes } from './build-types.mjs';
import { installPackages, linkPackage } from './packages.mjs';
import { ROOT } from './root.mjs';
import { main, step } from './run.mjs';
import { ensure } from './tools.mjs';

const PACKAGE = join(ROOT, 'pkg');
const TEMPLATE = join(ROOT, 'pkg-template');
/** What the package carries of the repository's own files. */
const SHARED_FILES = ['LICENSE-MIT', 'LICENSE-APACHE', 'CHANGELOG.md'];

/**
 * Builds pkg/ and says what it does.
 *
 * @throws {Error} Where a step fails.
 */
export async function build() {
  await installPackages();
  const env = await ensure(['rust', 'wasm-bindgen']);
  const generate = ['run', '--quiet', '-p', 'xtask', '--', 'generate'];
  await step('Printing TypeScript from the declarations', 'cargo', generate, { env });
  rmSync(PACKAGE, { recursive: true, force: true });
  mkdirSync(PACKAGE);
  // Imported only now: they need the packages that were installed above.
  const { buildEngines, buildSandbox } = await import('./build-wasm.mjs');
  const { bundle } = await import('./build-js.mjs');
  await buildEngines(env);
  await buildSandbox(env);
  await bundle();
  await buildTypes();
  for (const name of readdirSync(TEMPLATE)) cpSync(join(TEMPLATE, name), join(PACKAGE, name));
  for (const name of SHARED_FILES) cpSync(join(ROOT, name), join(PACKAGE, name));
  linkPackage();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(build);
