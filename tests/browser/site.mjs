// Serves the tests' pages, the built package and the demo, as an app's own server would.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const FOLDERS = { site: './site/', pkg: '../../pkg/', demo: '../../scripts/', chaos: '../chaos/' };
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};
/** The strictest policy under which wasm runs: nothing inline, nothing evaluated. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' http://127.0.0.1:*";

/** Serves on a free port; gives the address and how to end it. */
export async function serveSite() {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname.startsWith('/api/')) {
    const token = request.headers.authorization ?? 'none';
    return response.writeHead(404).end(`the proxy saw ${request.method} ${pathname}, token: ${token}`);
  }
  if (pathname.startsWith('/redirect/')) return response.writeHead(302, { location: '/site/index.html' }).end();
  const [, folder, ...rest] = pathname.split('/');
  try {
    const content = await readFile(new URL(FOLDERS[folder] + rest.join('/'), import.meta.url));
    response
      .writeHead(200, { 'content-type': TYPES[extname(pathname)], 'content-security-policy': POLICY })
      .end(content);
  } catch {
    response.writeHead(404).end();
  }
}
