import { createServer } from 'node:net';

// A fixed port keeps the address that the wasm tests are compiled with, and so their compiled form, from run to run.
const PORT = 4410;

/**
 * Serves the built package's sandbox over HTTP, without its limit of requests a second.
 *
 * @param {string} [controlOrigin] - The origin whose pages may send commands; none where it is left out.
 * @returns {Promise<{ url: string, close(): Promise<void> }>} The server.
 * @example
 * const server = await serveForTests();
 * await server.close();
 */
export async function serveForTests(controlOrigin) {
  const { serveSandbox } = await import('respond-io-wasm/sandbox/server');
  return serveSandbox({ port: (await isFree(PORT)) ? PORT : 0, rateLimit: false, controlOrigin });
}

/**
 * An address of this machine that nothing listens on.
 *
 * @returns {Promise<string>} Such as `127.0.0.1:54321`.
 * @example
 * const address = await freeAddress();
 */
export function freeAddress() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(`127.0.0.1:${port}`));
    });
  });
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
