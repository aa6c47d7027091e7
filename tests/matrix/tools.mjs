import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../../scripts/root.mjs';
import { step } from '../../scripts/run.mjs';
import { CACHE } from '../../scripts/tools.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const LOCK = readFileSync(join(HERE, 'package-lock.json'));
const PRINT = createHash('sha256').update(`${process.platform}-${process.arch}`).update(LOCK).digest('hex');

/** The folder whose `node_modules` holds what package-lock.json says; what is installed below it finds them. */
export const TOOLS = join(CACHE, `matrix-${PRINT.slice(0, 16)}`);

/**
 * Installs the bundlers, test runners and further versions of Node, once.
 *
 * @throws {Error} Where npm fails.
 */
export async function installTools() {
  if (existsSync(TOOLS)) return;
  mkdirSync(CACHE, { recursive: true });
  // The folder appears whole or not at all: an interrupted installation is not taken for the tools.
  const unfinished = mkdtempSync(join(CACHE, '.matrix-'));
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(HERE, name), join(unfinished, name));
    copyFileSync(join(ROOT, '.npmrc'), join(unfinished, '.npmrc'));
    const args = ['ci', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
    await step('Installing the tools of the matrix (takes minutes, once)', 'npm', args, {
      cwd: unfinished,
      quiet: true,
    });
    renameSync(unfinished, TOOLS);
  } catch (error) {
    // Another process may have installed them in the meantime.
    if (!existsSync(TOOLS)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/**
 * Finds a program of the tools.
 *
 * @param {string} path - Where it lies in `node_modules`.
 * @returns {string} Its absolute path.
 */
export function tool(path) {
  return join(TOOLS, 'node_modules', path);
}

/**
 * Finds a version of Node.
 *
 * @param {22 | 24} major - Which.
 * @returns {string} Its program.
 */
export function node(major) {
  return tool(`node-${major}-${process.arch}/bin/node`);
}
