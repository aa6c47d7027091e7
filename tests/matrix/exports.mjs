// What the package's exports map gives to whom, read as the runtimes read it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The file that an exports map gives.
 *
 * @param {string | Record<string, string>} entry - An entry of the map.
 * @param {readonly string[]} conditions - Those that hold, beside `default`.
 * @returns {string} Such as `./index.node.js`.
 */
export function choose(entry, conditions) {
  if (typeof entry === 'string') return entry;
  const [, path] = Object.entries(entry).find(([name]) => name === 'default' || conditions.includes(name));
  return path;
}

/**
 * Every file that an entry of an exports map names.
 *
 * @param {string | Record<string, string>} entry - The entry.
 * @returns {string[]} Such as `./index.node.js`.
 */
export function namesIn(entry) {
  return typeof entry === 'string' ? [entry] : Object.values(entry);
}

/**
 * The entries that a runtime can take, and their files.
 *
 * @param {string} folder - Where the package lies.
 * @param {readonly string[]} conditions - Those that hold.
 * @returns {Map<string, string>} Files by the entries' names, `.` and `./bulk`; entries of JavaScript alone, without those
 * that need a module of Node which is not there.
 */
export function entriesFor(folder, conditions) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const all = Object.entries(manifest.exports).map(([name, entry]) => [name, choose(entry, conditions)]);
  const hasNode = ['node', 'deno', 'bun'].some((name) => conditions.includes(name));
  return new Map(all.filter(([, path]) => path.endsWith('.js') && (hasNode || !needsNode(folder, path))));
}

/**
 * A program that imports the entries and gives them as `ENTRIES`.
 *
 * @param {Iterable<string>} names - Such as `./bulk`.
 * @returns {string} Its text.
 */
export function importing(names) {
  const all = [...names].map((name, at) => [name, `entry${at}`]);
  const imports = all.map(([name, as]) => `import * as ${as} from 'respond-io-wasm${name.slice(1)}';\n`);
  const pairs = all.map(([name, as]) => `  ${JSON.stringify(name)}: ${as},\n`);
  return `${imports.join('')}\nexport const ENTRIES = {\n${pairs.join('')}};\n`;
}

/**
 * Every file that an entry leads to, itself first.
 *
 * @param {string} folder - Where the package lies.
 * @param {string} path - The entry's file, relative to it.
 * @returns {Map<string, string>} The files' texts by their paths.
 */
export function closure(folder, path, seen = new Map()) {
  const name = path.replace(/^\.\//, '');
  if (seen.has(name)) return seen;
  const text = readFileSync(join(folder, name), 'utf8');
  seen.set(name, text);
  for (const [, next] of text.matchAll(/^(?:import|export|\}).*?["'](\.\/[\w.-]+\.js)["'];$/gm))
    closure(folder, next, seen);
  return seen;
}

function needsNode(folder, path) {
  return [...closure(folder, path).values()].some((text) => /["']node:/.test(text));
}
