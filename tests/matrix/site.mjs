// Serves a folder as a plain server would, under the strictest policy under which wasm runs.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' http://127.0.0.1:*";

/**
 * Serves a folder on a free port.
 *
 * @param {string} folder - The folder.
 * @param {(name: string) => string | undefined} [resolve] - The address of a package's module; modules name it themselves
 * where this is left out, as what a bundler has written does.
 * @returns {Promise<{ url: string, asked: string[], close(): void }>} The address, the paths that were asked for, and how
 * to end it.
 */
export async function serveFolder(folder, resolve) {
  const asked = [];
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    asked.push(pathname);
    const content = await readFile(join(folder, pathname)).catch(() => undefined);
    if (content === undefined) return response.writeHead(404).end();
    const type = TYPES[extname(pathname)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY });
    response.end(resolve && pathname.endsWith('.mjs') ? addressed(String(content), resolve) : content);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${server.address().port}`, asked, close: () => void server.close() };
}

// Workers know no import maps.
function addressed(text, resolve) {
  return text.replaceAll(/(?<=^import .*from ')respond-io-wasm[^']*(?=';$)/gm, (name) => resolve(name));
}
