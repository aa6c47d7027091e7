import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../../../scripts/root.mjs';

const DENO = join(ROOT, 'node_modules/.bin/deno');
const PROGRAM = fileURLToPath(new URL('deno-program.mjs', import.meta.url));
const FLAGS = [
  '--quiet',
  '--no-lock',
  '--node-modules-dir=manual',
  '--allow-net=127.0.0.1',
  '--allow-read',
  '--allow-env',
];

/** Makes the calls in Deno. @type {import('../run.mjs').Caller} */
export async function inDeno(plan) {
  const deno = spawn(DENO, ['run', ...FLAGS, PROGRAM], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(deno, 'close');
  deno.stdin.end(JSON.stringify(plan));
  const output = Buffer.concat(await deno.stdout.toArray());
  const [code] = await ended;
  if (code !== 0) throw new Error(`Deno ended with ${code}`);
  return JSON.parse(output);
}
