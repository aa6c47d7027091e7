// The empty folder with the tarball, and the suite beside it.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../scripts/root.mjs';
import { installPacked } from '../packed/install.mjs';
import { closure, entriesFor, importing } from './exports.mjs';
import { installTools, TOOLS } from './tools.mjs';

/** Entries that give the engine a module of their own, which would take the place of that of the entry under test. */
const OTHER_ENGINES = ['./inline', './slim'];

/** An app that has the package. @typedef {{ folder: string, tarball: string, library: string, remove(): void }} App */

/**
 * Installs the tarball below the tools, so that whatever is put into the folder finds both.
 *
 * @returns {Promise<App>} The folder, the tarball, where the package lies, and how to get rid of it all.
 */
export async function makeApp() {
  await installTools();
  const { folder, tarball, remove } = await installPacked(TOOLS);
  return { folder, tarball, library: join(folder, 'node_modules/respond-io-wasm'), remove };
}

/**
 * Puts the suite into an app, with the entries that a runtime is to import.
 *
 * @param {App} app - The app.
 * @param {string} name - The folder for it, one for each set of conditions.
 * @param {readonly string[]} conditions - What holds there.
 * @param {boolean} [alone] - Whether the entries that load the default one are left out, as another stands for it.
 * @returns {string} That folder.
 */
export function addSuite({ folder, library }, name, conditions, alone = false) {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  const files = ['tests/matrix/suite.mjs', 'scripts/demo.mjs', 'scripts/expect.mjs'];
  for (const file of files) cpSync(join(ROOT, file), join(home, file));
  cpSync(join(ROOT, 'tests/matrix/hosts'), join(home, 'tests/matrix/hosts'), { recursive: true });
  const loadsDefault = ([name, path]) =>
    name !== '.' && /\.\/engine(\.browser)?\.wasm/.test([...closure(library, path).values()].join());
  const entries = [...entriesFor(library, conditions)].filter((entry) => !(alone && loadsDefault(entry)));
  const names = entries.map(([name]) => name).filter((name) => !OTHER_ENGINES.includes(name));
  writeFileSync(join(home, 'tests/matrix/hosts/entries.mjs'), importing(names));
  return home;
}

/**
 * Serves the sandbox of the packed package, without contacts and without a limit of requests.
 *
 * @param {App} app - The app.
 * @param {string} [controlOrigin] - Whose pages may give commands.
 * @returns {Promise<import('respond-io-wasm/sandbox/server').SandboxServer>} The server.
 */
export async function serveSandbox({ folder }, controlOrigin) {
  const path = createRequire(join(folder, 'package.json')).resolve('respond-io-wasm/sandbox/server');
  const server = await import(pathToFileURL(path));
  return server.serveSandbox({ port: 0, rateLimit: false, controlOrigin });
}
