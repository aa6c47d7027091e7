// Serves the page, and forwards the one request that it makes, with the token that the browser must not see:
// node examples/browser/server.mjs 8080

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const SERVICE = process.env.RESPOND_IO_BASE_URL ?? 'https://api.respond.io/v2';
const TOKEN = process.env.RESPOND_IO_TOKEN;
const PREFIX = '/api/respond';
/** Whoever opens the page can send whatever is listed here, so it lists no more than the page needs. */
const PERMITTED = [{ method: 'GET', path: /^\/contact\/email:[^/?#\\]+$/ }];

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
  const content = await readFile(file);
  response.writeHead(200, { 'content-type': TYPES[extname(file.pathname)] }).end(content);
}

// An app with users of its own asks here who is signed in, and whether they may do this.
async function forward(request, response) {
  const path = request.url.slice(PREFIX.length);
  if (!PERMITTED.some((rule) => rule.method === request.method && rule.path.test(path))) {
    return response.writeHead(403).end();
  }
  const answer = await fetch(SERVICE + path, { headers: { authorization: `Bearer ${TOKEN}` }, redirect: 'error' });
  const headers = {};
  for (const name of ['content-type', 'retry-after']) {
    if (answer.headers.has(name)) headers[name] = answer.headers.get(name);
  }
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, headers).end(body);
}

/** The page's own files and the package's, and nothing else. */
function fileOf(path) {
  if (path === '/index.html' || path === '/page.js') return new URL(`.${path}`, import.meta.url);
  const name = /^\/respond-io-wasm\/([\w.-]+\.(?:js|wasm))$/.exec(path)?.[1];
  return name && new URL(name, PACKAGE);
}
