import { createServer } from 'node:net';

// A fixed port keeps the address that the wasm tests are compiled with, and so their compiled form, from run to run.
const PORT = 4410;

/**
 * Serves the built package's sandbox over HTTP, without its limit of requests a second.
 *
 * @returns {Promise<{ url: string, close(): Promise<void> }>} The server.
 * @example
 * const server = await serveForTests();
 * await server.close();
 */
export async function serveForTests() {
  const { serveSandbox } = await import('respond-io-wasm/sandbox/server');
  return serveSandbox({ port: (await isFree(PORT)) ? PORT : 0, rateLimit: false });
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
