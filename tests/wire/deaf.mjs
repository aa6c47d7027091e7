import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Listens, and then does nothing for ever: the kernel makes connections until its queue is full. */
const PROGRAM = `
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

/**
 * Starts a server whose queue of connections is full, so that it answers no attempt to connect.
 *
 * @returns {Promise<{ url: string, close(): void }>} The server.
 */
export async function startDeaf() {
  const child = spawn(process.execPath, ['--eval', PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout, 'data');
  const queue = Array.from({ length: 8 }, () => connect(Number(port), '127.0.0.1').on('error', () => {}));
  await sleep(500);
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      for (const socket of queue) socket.destroy();
      child.kill();
    },
  };
}
