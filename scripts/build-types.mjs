// Prints the .d.ts files and keeps those that an entry of the package leads to.

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ROOT } from './root.mjs';
import { step } from './run.mjs';

const TYPES = join(ROOT, 'pkg/types');

/** Writes pkg/types. */
export async function buildTypes() {
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];
  await step('Printing the .d.ts files', process.execPath, tsc);
  const manifest = JSON.parse(readFileSync(join(ROOT, 'pkg-template/package.json'), 'utf8'));
  const entries = Object.values(manifest.exports).flatMap(({ types }) => types ?? []);
  const reached = new Set();
  for (const entry of entries) follow(resolve(ROOT, 'pkg', entry), reached);
  for (const name of readdirSync(TYPES, { recursive: true })) {
    if (name.endsWith('.d.ts') && !reached.has(join(TYPES, name))) rmSync(join(TYPES, name));
  }
}

function follow(file, reached) {
  if (reached.has(file)) return;
  reached.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)\.js['"]/g)) {
    follow(resolve(dirname(file), `${path}.d.ts`), reached);
  }
}
