import { createHash } from 'node:crypto';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';
import { step } from './run.mjs';

const MODULES = join(ROOT, 'node_modules');
const LINK = join(MODULES, 'respond-io-wasm');
const STAMP = join(MODULES, '.installed-from');

/**
 * Installs the npm packages of `package-lock.json` where they are missing or the lock has changed.
 *
 * @returns {Promise<void>}
 * @throws {Error} Where npm fails.
 * @example
 * await installPackages();
 */
export async function installPackages() {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  await step('Installing npm packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true });
  writeFileSync(STAMP, wanted);
}

/**
 * Makes the built package in `pkg/` importable by its name, so that scripts and tests reach it through its exports map.
 *
 * @throws {Error} Where `pkg/` has not been built.
 * @example
 * linkPackage();
 * const { RespondIO } = await import('respond-io-wasm');
 */
export function linkPackage() {
  if (!existsSync(join(ROOT, 'pkg/package.json'))) throw new Error('pkg/ has not been built: run `npm run build`');
  if (!existsSync(LINK)) symlinkSync('../pkg', LINK, 'dir');
}

/**
 * Builds the package where that has not been done; what is there is taken as it is.
 *
 * @returns {Promise<void>}
 * @throws {Error} Where the build fails.
 * @example
 * await ensureBuilt();
 */
export async function ensureBuilt() {
  if (existsSync(join(ROOT, 'pkg/package.json'))) return;
  await step('Building the package', process.execPath, ['scripts/build.mjs'], { quiet: true });
}

/**
 * The environment with the programs of the installed npm packages on its PATH.
 *
 * @param {NodeJS.ProcessEnv} env - The environment to start from.
 * @returns {NodeJS.ProcessEnv} A copy.
 */
export function withPackages(env) {
  return { ...env, PATH: `${join(MODULES, '.bin')}:${env.PATH}` };
}

// esbuild and biome install a binary for one platform, so another one is another installation.
function fingerprint() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  return `${process.platform}-${process.arch} ${createHash('sha256').update(lock).digest('hex')}\n`;
}
