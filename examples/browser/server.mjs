// Serves the page, and forwards the one request that it makes, with the token that the browser must not see:
// node examples/browser/server.mjs 8080

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const SERVICE = process.env.RESPOND_IO_BASE_URL ?? 'https://api.respond.io/v2';
const TOKEN = process.env.RESPOND_IO_TOKEN;
const PREFIX = '/api/respond';
/** What a page may ask for. Whoever opens it can send whatever is listed here, so list no more than it needs. */
const PERMITTED = [{ method: 'GET', path: /^\/contact\/email:[^/?#]+$/ }];

const PACKAGE = new URL('.', import.meta.resolve('respond-io-wasm'));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    response.writeHead(502).end();
  });
});
server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});

async function answer(request, response) {
  if (request.url.startsWith(`${PREFIX}/`)) return forward(request, response);
  const file = fileOf(request.url === '/' ? '/index.html' : request.url);
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(file.pathname)] }).end(await readFile(file));
}

// An app with users of its own asks here who is signed in, and whether they may do this.
async function forward(request, response) {
  const path = request.url.slice(PREFIX.length);
  if (!PERMITTED.some((rule) => rule.method === request.method && rule.path.test(path))) {
    return response.writeHead(403).end();
  }
  const { status, headers, body } = await fetch(SERVICE + path, { headers: { authorization: `Bearer ${TOKEN}` } });
  const kept = ['content-type', 'retry-after'].filter((name) => headers.has(name));
  response.writeHead(status, Object.fromEntries(kept.map((name) => [name, headers.get(name)])));
  for await (const chunk of body ?? []) response.write(chunk);
  response.end();
}

/** The page's own files and the package's, and nothing else. */
function fileOf(path) {
  if (['/index.html', '/page.js'].includes(path)) return new URL(`.${path}`, import.meta.url);
  const name = /^\/respond-io-wasm\/([\w.-]+\.(?:js|wasm))$/.exec(path)?.[1];
  return name && new URL(name, PACKAGE);
}
