import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { run } from '../../scripts/run.mjs';

/**
 * Serves a sandbox over HTTP for as long as `use` takes.
 *
 * @param {number} count - How many contacts it begins with.
 * @param {(scene: { env: Record<string, string>, sandbox: import('respond-io-wasm/sandbox').Sandbox }) => Promise<void>} use -
 * Gets the sandbox, and the environment variables by which an example finds it.
 */
export async function serveSeeded(count, use) {
  const server = await serveSandbox({ port: 0, seed: { count } });
  try {
    await use({
      env: { RESPOND_IO_TOKEN: 'sandbox', RESPOND_IO_BASE_URL: `${server.url}/v2` },
      sandbox: server.sandbox,
    });
  } finally {
    await server.close();
  }
}

/**
 * Runs an example's program from the repository's folder.
 *
 * @param {string} program - The program.
 * @param {readonly string[]} args - Its arguments.
 * @param {Record<string, string>} [env] - Environment variables beside this process's own.
 * @returns {ReturnType<typeof run>} What became of it.
 */
export function runExample(program, args, env = {}) {
  return run(program, args, { env: { ...process.env, ...env }, quiet: true, minutes: 5 });
}
