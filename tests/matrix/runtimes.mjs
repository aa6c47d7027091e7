// Every runtime of the matrix: how the suite gets into it.

import { join } from 'node:path';
import { ROOT } from '../../scripts/root.mjs';
import { step } from '../../scripts/run.mjs';
import { addSuite, serveSandbox } from './app.mjs';
import { node } from './tools.mjs';

/**
 * A runtime.
 *
 * @typedef {object} Runtime
 * @property {string} name - Its name in the table.
 * @property {import('../../scripts/tools.mjs').Tool[]} [tools] - What it needs installed.
 * @property {(app: import('./app.mjs').App) => Promise<{ name: string, error?: string }[]>} run - Runs the suite.
 */

/** @type {Runtime[]} */
export const RUNTIMES = [
  program('Node 20', ['node'], () => [node(20)]),
  program('Node 22', ['node'], () => [node(22)]),
  program('Node 24', ['node'], () => [node(24)]),
  program('Deno 2', ['deno', 'node'], (host) => [
    join(ROOT, 'node_modules/.bin/deno'),
    ...['run', '--quiet', '--no-lock', '--no-prompt', '--node-modules-dir=manual', `--allow-net=${host}`],
  ]),
  program('Bun', ['bun', 'node'], () => [join(ROOT, 'node_modules/.bin/bun')]),
];

/** A runtime that is a program. */
function program(name, conditions, command) {
  return {
    name,
    async run(app) {
      const home = addSuite(app, conditions[0], conditions);
      const server = await serveSandbox(app);
      const [file, ...args] = command(new URL(server.url).host);
      const given = [...args, join(home, 'tests/matrix/hosts/program.mjs'), server.url];
      try {
        const { stdout } = await step(name, file, given, { cwd: app.folder, quiet: true, minutes: 2 });
        return JSON.parse(stdout);
      } finally {
        await server.close();
      }
    },
  };
}
