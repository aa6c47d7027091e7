import { Agent, createServer, request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { CALL_HEADER, DELAY_MS } from './settings.mjs';

/** A request that arrived with a call's number. @typedef {{ call: number, arrival: number, fault: string | null }} Arrival */
/** What the service answers. @typedef {{ status: number, headers: import('node:http').OutgoingHttpHeaders, body: Buffer }} Answer */
/** One exchange under way. @typedef {{ request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, fault: import('./faults.mjs').Fault }} Exchange */

/** The proxy's own answers are read by pages too. */
const CORS = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' };

/**
 * Serves a proxy that lets requests go wrong. Only those that name their call are counted and hit.
 *
 * @param {string} target - The origin behind it.
 * @param {(call: number, arrival: number) => import('./faults.mjs').Fault | undefined} faultOf - What hits a request.
 * @returns {Promise<{ url: string, arrivals: Arrival[], settled(): Promise<void>, close(): void }>} Its origin, what
 * arrived, a promise that whatever arrived has been dealt with, and how to end it.
 */
export async function serveProxy(target, faultOf) {
  const agent = new Agent({ keepAlive: true });
  const arrivals = [];
  const counts = new Map();
  const open = new Set();

  const arrive = (call) => {
    const arrival = (counts.get(call) ?? 0) + 1;
    counts.set(call, arrival);
    const fault = faultOf(call, arrival);
    arrivals.push({ call, arrival, fault: fault?.kind ?? null });
    return fault;
  };

  const exchange = async (request, response) => {
    const call = request.headers[CALL_HEADER];
    const fault = call === undefined ? undefined : arrive(Number(call));
    const body = Buffer.concat(await request.toArray());
    const answer = fault?.acts === false ? undefined : await forward(agent, target, request, body);
    if (fault) return FAULTS[fault.kind]({ request, response, fault }, answer);
    deliver(response, answer);
  };

  const server = createServer((request, response) => {
    // What is left to fail is the caller's connection, which callers that time out cut.
    const running = exchange(request, response)
      .catch(() => request.socket.destroy())
      .finally(() => open.delete(running));
    open.add(running);
  });
  // A connection that is closed for being idle would look like a fault to whoever is about to use it.
  server.keepAliveTimeout = 0;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    arrivals,
    settled: async () => {
      while (open.size > 0) await Promise.all(open);
    },
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

/** How each kind of fault is carried out; where the service acted there is an answer. @type {Record<string, (exchange: Exchange, answer: Answer) => void | Promise<void>>} */
const FAULTS = {
  status_429: (exchange) => refuse(exchange, 429),
  status_500: (exchange) => refuse(exchange, 500),
  status_502: (exchange) => refuse(exchange, 502),
  async delay({ response }, answer) {
    const left = new AbortController();
    response.once('close', () => left.abort());
    await delay(DELAY_MS, undefined, { signal: left.signal });
    deliver(response, answer);
  },
  reset_before: reset,
  reset_after: reset,
  truncate: ({ response }, answer) => deliver(response, { ...answer, body: half(answer.body) }),
  garble({ response }, answer) {
    deliver(response, { ...answer, body: answer.body.map((byte, index) => (index % 8 === 0 ? 0xff : byte)) });
  },
  content_type({ response }, answer) {
    deliver(response, { ...answer, headers: { ...answer.headers, 'content-type': 'text/html; charset=utf-8' } });
  },
  stall({ response }, { status, headers, body }) {
    const { 'content-length': _, ...rest } = headers;
    response.writeHead(status, rest);
    // Firefox hands a response over only once something of its body has come.
    response.write(body.length > 1 ? half(body) : ' ');
  },
};

function refuse({ response, fault }, status) {
  const headers = { ...CORS, 'content-type': 'application/json' };
  if (fault.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter);
  deliver(response, { status, headers, body: Buffer.from(JSON.stringify({ status, message: 'chaos' })) });
}

function reset({ request }) {
  request.socket.resetAndDestroy();
}

function half(body) {
  return body.subarray(0, Math.floor(body.length / 2));
}

function deliver(response, { status, headers, body }) {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}

/** Sends the request on and reads the whole answer. @returns {Promise<Answer>} */
function forward(agent, target, { method, url, headers }, body) {
  const { 'transfer-encoding': _, ...rest } = headers;
  return new Promise((resolve, reject) => {
    const options = { agent, method, headers: { ...rest, 'content-length': body.length } };
    const request = httpRequest(new URL(url, target), options, async (answer) => {
      const { connection, 'keep-alive': keep, 'transfer-encoding': encoding, date, ...headers } = answer.headers;
      resolve({ status: answer.statusCode, headers, body: Buffer.concat(await answer.toArray()) });
    });
    request.once('error', reject);
    request.end(body);
  });
}
