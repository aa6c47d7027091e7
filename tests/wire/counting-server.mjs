// A service that counts how often each request has arrived whole, and then behaves as the request's own marker says.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';

/** A message's receipt. */
const ANSWER = '{"messageId":1}';
const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * What happens once a request has arrived whole:
 *
 * - `answer`: it is answered, and its connection stays open;
 * - `slow`: the same, after a while, so that requests side by side need connections of their own;
 * - `length`, `other`: a body without a length is refused, with 411 or 421;
 * - `reset`: its connection is reset;
 * - `close`: its connection is closed in good order, without an answer;
 * - `half`: half of an answer, then a reset;
 * - `hold`: nothing, for ever;
 * - `vanish`: a reset, and from then on nobody listens.
 */
const ACTS = {
  answer: ({ response }) => response.writeHead(200, JSON_TYPE).end(ANSWER),
  slow: (scene) => setTimeout(ACTS.answer, 150, scene),
  length: (scene) => (scene.hasLength ? ACTS.answer(scene) : scene.response.writeHead(411).end()),
  other: (scene) => (scene.hasLength ? ACTS.answer(scene) : scene.response.writeHead(421).end()),
  reset: ({ connection }) => connection.resetAndDestroy(),
  close: ({ connection }) => connection.destroy(),
  half({ response, connection }) {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': String(ANSWER.length) });
    response.write(ANSWER.slice(0, ANSWER.length / 2));
    setTimeout(() => connection.resetAndDestroy(), 50);
  },
  hold() {},
  vanish({ server, connection }) {
    server.close();
    connection.resetAndDestroy();
  },
};

/** What stands in a request's path or body: what is to happen, and which request this is, such as `reset-3`. */
const MARKER = new RegExp(`\\b(${Object.keys(ACTS).join('|')})-\\w+`);

/**
 * Serves on this machine.
 *
 * @param {object} [options]
 * @param {'http' | 'https' | 'h2'} [options.protocol] - What it speaks: HTTP/1.1, the same over TLS, or HTTP/2 alone.
 * @param {import('./identity.mjs').Identity} [options.identity] - What it shows over TLS.
 * @param {(path: string) => Promise<{ type: string, content: Buffer | string } | undefined>} [options.site] - What is
 * found under paths without a marker.
 * @param {number} [options.port] - The port; any that is free where it is left out.
 */
export async function serveCounting({ protocol = 'http', identity, site = async () => undefined, port = 0 } = {}) {
  const connections = new Map();
  const arrivals = [];
  const http = createHttp(protocol, identity);
  // A reset takes the bare connection, which TLS hides.
  const server = createTcpServer((connection) => {
    const { remotePort } = connection;
    connections.set(remotePort, connection);
    connection.on('error', () => {});
    connection.on('close', () => connections.delete(remotePort));
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
    for (const [name, value] of Object.entries(corsHeaders(request))) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return response.writeHead(204).end();
    const arrival = { method: request.method, marker: undefined };
    arrivals.push(arrival);
    let body = '';
    for await (const chunk of request) body += chunk;
    const [marker, act] = MARKER.exec(`${request.url} ${body}`) ?? [];
    if (!marker) return find(request.url, response);
    arrival.marker = marker;
    const hasLength = 'content-length' in request.headers;
    ACTS[act]({ response, server, hasLength, connection: connections.get(remotePort) });
  }

  async function find(url, response) {
    const found = await site(new URL(url, 'http://localhost').pathname);
    if (!found) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': found.type, 'cache-control': 'no-store' }).end(found.content);
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: address.port,
    url: `${protocol === 'http' ? 'http' : 'https'}://127.0.0.1:${address.port}`,
    /** Every request that has begun to arrive: its method, and its marker once it was whole. */
    arrivals,
    /** How often the request with this marker arrived whole. */
    count: (marker) => arrivals.filter((arrival) => arrival.marker === marker).length,
    /** Stops and cuts whatever still goes on. */
    async close() {
      for (const connection of connections.values()) connection.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

/** Its connections stay open until they are cut on purpose. */
function createHttp(protocol, identity) {
  if (protocol === 'http') return createServer({ keepAliveTimeout: 0 });
  if (protocol === 'https') return createTlsServer({ ...identity, keepAliveTimeout: 0 });
  return createSecureServer({ ...identity, allowHTTP1: false });
}

/** Pages of every origin may send, as the service permits. */
function corsHeaders({ headers }) {
  if (!headers.origin) return {};
  return {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, PUT, DELETE',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
  };
}
