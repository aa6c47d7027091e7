// A service that counts how often each request has arrived whole, and then behaves as the request's own marker says.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What every write is answered with: a message's receipt, which is also what anything else may be. */
const ANSWER = '{"messageId":1}';

/**
 * What happens once a request has arrived whole:
 *
 * - `answer`: it is answered, and its connection stays open;
 * - `reset`: its connection is reset;
 * - `close`: its connection is closed in good order, without an answer;
 * - `half`: half of an answer, then a reset;
 * - `hold`: nothing, for ever;
 * - `vanish`: a reset, and from then on nobody listens.
 */
const ACTS = {
  answer: (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(ANSWER),
  reset: (_, connection) => connection.resetAndDestroy(),
  close: (_, connection) => connection.destroy(),
  half(response, connection) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(ANSWER.length) });
    response.write(ANSWER.slice(0, ANSWER.length / 2));
    setTimeout(() => connection.resetAndDestroy(), 50);
  },
  hold() {},
  vanish(_, connection, server) {
    server.close();
    connection.resetAndDestroy();
  },
};

/**
 * Serves on a free port of this machine.
 *
 * @param {object} [options]
 * @param {'http' | 'https' | 'h2'} [options.protocol] - How it speaks; `https` and `h2` with `identity`.
 * @param {{ key: Buffer, cert: Buffer }} [options.identity] - See {@link makeIdentity}.
 * @param {(path: string) => Promise<{ type: string, content: Buffer | string } | undefined>} [options.site] - What a
 * GET finds.
 */
export async function serveCounting({ protocol = 'http', identity, site = async () => undefined } = {}) {
  const connections = new Map();
  const arrivals = [];
  const http = createHttp(protocol, identity);
  const server = createTcpServer((connection) => {
    connections.set(connection.remotePort, connection);
    connection.on('error', () => {});
    connection.on('close', () => connections.delete(connection.remotePort));
    http.emit('connection', connection);
  });
  http.on('sessionError', () => {});
  http.on('request', (request, response) => {
    // A connection that is cut in the middle of a request is what this server is for.
    answer(request, response).catch(() => {});
  });

  async function answer(request, response) {
    response.on('error', () => {});
    const { remotePort } = request.stream?.session?.socket ?? request.socket;
    const headers = corsHeaders(request);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return response.writeHead(204).end();
    const arrival = { connection: remotePort, length: request.headers['content-length'], complete: false, body: '' };
    arrivals.push(arrival);
    for await (const chunk of request) arrival.body += chunk;
    arrival.complete = true;
    const [marker, act] = MARKER.exec(request.url + arrival.body) ?? [];
    if (!marker) return find(request.url, response);
    arrival.marker = marker;
    ACTS[act](response, connections.get(remotePort), server);
  }

  async function find(url, response) {
    const found = await site(new URL(url, 'http://localhost').pathname);
    if (!found) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': found.type, 'cache-control': 'no-store' }).end(found.content);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  return {
    port,
    url: `${protocol === 'http' ? 'http' : 'https'}://127.0.0.1:${port}`,
    /** Everything that arrived, whole or not. */
    arrivals,
    /** How often the request with this marker arrived whole. */
    count: (marker) => arrivals.filter((arrival) => arrival.marker === marker).length,
    async close() {
      if (server.listening) server.close();
      for (const connection of connections.values()) connection.destroy();
    },
  };
}

function createHttp(protocol, identity) {
  if (protocol === 'http') return createServer({ keepAliveTimeout: 0 });
  if (protocol === 'https') return createTlsServer({ ...identity, keepAliveTimeout: 0 });
  return createSecureServer({ ...identity, allowHTTP1: false });
}

/** What stands in a request's path or body: what is to happen, and which request this is, such as `reset-3`. */
const MARKER = new RegExp(`\\b(${Object.keys(ACTS).join('|')})-\\w+`);

/** Pages of every origin may send, as the service permits. */
function corsHeaders(request) {
  if (!request.headers.origin) return {};
  return {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, PUT, DELETE',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
  };
}

/**
 * Makes a key and a certificate for this machine's names, signed by itself.
 *
 * @param {string} [names] - The names it is for.
 * @returns {Promise<{ key: Buffer, cert: Buffer }>} Both as PEM.
 */
export async function makeIdentity(names = 'IP:127.0.0.1,DNS:localhost') {
  const folder = await mkdtemp(join(tmpdir(), 'respond-io-wasm-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=respond-io-wasm test', '-addext', `subjectAltName=${names}`];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];
    await promisify(execFile)('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert]);
    return { key: await readFile(key), cert: await readFile(cert) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
