import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.mjs';
import { pathOf } from './compiler.mjs';

const TYPES = join(ROOT, 'pkg/types');
const ENTRIES = [
  'respond-io-wasm',
  'respond-io-wasm/sandbox',
  'respond-io-wasm/sandbox/server',
  'respond-io-wasm/bulk',
  'respond-io-wasm/webhooks',
  'respond-io-wasm/proxy',
];
/** What an example may take for granted. */
const GIVEN = [
  "import { init } from 'respond-io-wasm/slim';",
  "declare const client: import('respond-io-wasm').RespondIO;",
  "declare const sandbox: import('respond-io-wasm/sandbox').Sandbox;",
];

/** What the entry `/live` gives to its examples, whose names those of the others are as well. */
const LIVE = ['respond-io-wasm/live', 'respond-io-wasm/proxy/live'];
const GIVEN_LIVE = ["declare const client: import('respond-io-wasm/live').RespondIO;"];

/** An example in the documentation: the file it stands in and its code. @typedef {{ file: string, code: string }} Example */

/**
 * Every `@example` in the package's definitions.
 *
 * @returns {Example[]} In the order of files and lines; `file` is relative to `pkg/types`.
 */
export function examples() {
  const paths = readdirSync(TYPES, { recursive: true }).map(String);
  const files = paths.filter((path) => path.endsWith('.d.ts')).sort();
  return files.flatMap((file) => extract(readFileSync(join(TYPES, file), 'utf8')).map((code) => ({ file, code })));
}

/**
 * The code of every `@example` in a text, without stars and fences.
 *
 * @param {string} text - TypeScript.
 * @returns {string[]} In the order of the text.
 * @example
 * extract('/** @example f(); *' + '/'); // ['f();']
 */
export function extract(text) {
  return [...text.matchAll(/\/\*\*([\s\S]*?)\*\//g)].flatMap(([, comment]) => {
    const [, ...tags] = comment.replace(/^[ \t]*\* ?/gm, '').split(/^[ \t]*@(?=\w)/m);
    const found = tags.filter((tag) => tag.startsWith('example'));
    return found.map((tag) =>
      tag
        .replace(/^example/, '')
        .replace(/^```.*$/gm, '')
        .trim(),
    );
  });
}

/**
 * Makes a file of every example: its imports, what it may take for granted, its code in an async function.
 *
 * @param {Example[]} all - The examples.
 * @returns {Promise<Map<string, string>>} Texts by the path where each would stand.
 */
export async function asFiles(all) {
  const [before, beforeLive] = [
    [...(await imports(ENTRIES)), ...GIVEN],
    [...(await imports(LIVE)), ...GIVEN_LIVE],
  ];
  return new Map(
    all.map(({ file, code }, index) => {
      const name = `${file.replace(/\W+/g, '-')}-${index}.ts`;
      const lines = [...(isLive(file) ? beforeLive : before), 'export async function example() {', code, '}'];
      return [pathOf(`examples/${name}`), lines.join('\n')];
    }),
  );
}

/** Whether a file belongs to the entry `/live` alone. */
function isLive(file) {
  return file === 'proxy/live.d.ts' || /^(generated\/)?live\//.test(file);
}

function imports(entries) {
  return Promise.all(
    entries.map(async (entry) => {
      const names = Object.keys(await import(entry)).filter((name) => name !== 'default');
      return `import { ${names.join(', ')} } from '${entry}';`;
    }),
  );
}
