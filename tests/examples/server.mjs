import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Starts a program that serves, and waits until it says so.
 *
 * @param {string} program - The program.
 * @param {readonly string[]} args - Its arguments.
 * @param {{ cwd: string, env: Record<string, string>, ready?: RegExp }} options - Where it runs, variables beside this
 * process's own, and what it prints once it serves: its address, where this is left out.
 * @returns {Promise<{ url: string, output(): string, stop(signal?: NodeJS.Signals): Promise<number | null> }>} What it
 * printed then, all that it prints, and how it is ended, at once where no other signal is given; resolves to its exit code.
 */
export async function startServer(program, args, { cwd, env, ready = /http:\/\/[\w.:]+/ }) {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env } });
  const closed = once(child, 'close');
  let output = '';
  const url = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        const [found] = ready.exec(output) ?? [];
        if (found) resolve(found);
      });
    }
  });
  const stop = async (signal = 'SIGKILL') => {
    child.kill(signal);
    const [code] = await closed;
    return code;
  };
  const first = await Promise.race([url, closed]);
  assert.equal(typeof first, 'string', output);
  return { url: first, output: () => output, stop };
}
