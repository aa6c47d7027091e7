import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SandboxError } from './error.js';
import type { CreateSandbox, Sandbox } from './sandbox.js';
import type { Command, SandboxOptions, SandboxResponse } from './types.js';

/** Where a sandbox is served, and how it is set up. */
export interface ServerOptions extends SandboxOptions {
  /** The port; 4010 where it is left out, 0 for any that is free. */
  port?: number | undefined;
  /** The address to listen on; `127.0.0.1`, which only this machine reaches, where it is left out. */
  host?: string | undefined;
  /**
   * The one origin whose pages may send commands, such as `http://127.0.0.1:8080`; no page may where it is left out.
   * Programs, whose requests have no `Origin`, always may.
   */
  controlOrigin?: string | undefined;
}

/** A served sandbox. */
export interface SandboxServer {
  /**
   * The origin, such as `http://127.0.0.1:4010`; the API is below `/v2`, the live surface below `/live/v2`,
   * the commands at `/_sandbox/control`.
   */
  readonly url: string;
  /** The sandbox itself, for what a test in the same process wants beside the API. */
  readonly sandbox: Sandbox;
  /** Stops the server and cuts whatever still goes on. */
  close(): Promise<void>;
}

/** Serves a sandbox over HTTP. */
export type ServeSandbox = (options?: ServerOptions) => Promise<SandboxServer>;

/** How large a request's body may be, in bytes. */
const MAX_BODY_BYTES = 1 << 20;
const CONTROL_PATH = '/_sandbox/control';
/** What lets pages of every origin use the API: it is the token that admits. */
const API_CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining',
};

/**
 * Gives the function that serves sandboxes made by `createSandbox` over HTTP: the API with CORS for pages of every
 * origin, the commands for those of `controlOrigin` alone.
 *
 * @example
 * const server = await serveSandbox({ port: 0, rateLimit: false });
 * await fetch(`${server.url}/v2/contact/list`, { headers: { authorization: 'Bearer sandbox' } });
 * await server.close();
 */
export function serveSandboxWith(createSandbox: CreateSandbox): ServeSandbox {
  return async ({ port = 4010, host = '127.0.0.1', controlOrigin, ...options } = {}) => {
    checkOrigin(controlOrigin);
    const sandbox = await createSandbox(options);
    const server = createServer((request, response) => {
      const isControl = request.url === CONTROL_PATH;
      const served = isControl
        ? serveControl(sandbox, controlOrigin, request, response)
        : serveApi(sandbox, request, response);
      // What is left to fail is the connection, and with it everybody who could be told.
      served.catch(() => request.socket.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    const address = server.address() as AddressInfo;
    const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
    return {
      url: `http://${name}:${address.port}`,
      sandbox,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  };
}

/** An origin that is written in another way than browsers do would never be met. */
function checkOrigin(origin: string | undefined): void {
  if (origin === undefined || (URL.canParse(origin) && new URL(origin).origin === origin)) return;
  throw new SandboxError(`controlOrigin must be an origin such as http://127.0.0.1:8080, not '${origin}'`, 400);
}

async function serveApi(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(API_CORS)) response.setHeader(name, value);
  if (request.method === 'OPTIONS') return preflight(request, response);
  const body = await bodyOf(request);
  if (body === undefined) return refuseBody(response);
  const answer = sandbox.respond(request.method ?? '', request.url ?? '', headersOf(request), body);
  if (answer.delayMs > 0 && !(await waited(answer.delayMs, request))) return;
  if (answer.fault === 'reset_before' || answer.fault === 'reset_after') {
    request.socket.resetAndDestroy();
    return;
  }
  deliver(response, answer);
}

/** The browser's question before a request: which methods and headers another origin's page may send. */
function preflight(request: IncomingMessage, response: ServerResponse): void {
  const asked = request.headers['access-control-request-headers'];
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, PUT, DELETE',
    'access-control-allow-headers': asked ?? 'Authorization, Content-Type',
    'access-control-max-age': '600',
  });
  response.end();
}

/** The body; undefined where it is too large, and then what is left of it is not kept. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}

function headersOf(request: IncomingMessage): [string, string][] {
  return Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(', ')]);
}

async function serveControl(
  sandbox: Sandbox,
  controlOrigin: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { origin } = request.headers;
  if (origin !== undefined && origin === controlOrigin) {
    response.setHeader('access-control-allow-origin', origin);
    if (request.method === 'OPTIONS') return preflight(request, response);
  }
  const body = await bodyOf(request);
  if (body === undefined) return refuseBody(response);
  try {
    checkControl(request, controlOrigin);
    sendJson(response, 200, sandbox.control(commandOf(body)));
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    sendJson(response, error.status, { message: error.message, status: error.status });
  }
}

function checkControl({ method, headers }: IncomingMessage, controlOrigin: string | undefined): void {
  // A page could send without reading the answer; and one whose host name is made to lead here needs no CORS at all.
  if (headers.origin !== undefined && headers.origin !== controlOrigin) {
    throw new SandboxError(`pages of ${headers.origin} may not send commands`, 403);
  }
  if (method !== 'POST') throw new SandboxError('commands are sent by POST', 405);
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new SandboxError('the content-type must be application/json', 415);
}

function commandOf(body: Uint8Array): Command {
  try {
    // The sandbox checks it; a wrong one is a SandboxError.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Command;
  } catch {
    throw new SandboxError('the body is not valid JSON', 400);
  }
}

function refuseBody(response: ServerResponse): void {
  response.setHeader('connection', 'close');
  sendJson(response, 413, { message: `the body is larger than ${MAX_BODY_BYTES} bytes`, status: 413 });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

function deliver(response: ServerResponse, { status, headers, body, fault }: SandboxResponse): void {
  const head = Object.fromEntries(headers);
  if (fault === 'stall') {
    response.writeHead(status, head);
    // Firefox hands a response over only once something of its body has come.
    response.write(body.length > 0 ? body : ' ');
    return;
  }
  response.writeHead(status, { ...head, 'content-length': body.length });
  response.end(body);
}

/** Waits, and says whether the caller is still there. */
function waited(ms: number, request: IncomingMessage): Promise<boolean> {
  return new Promise((resolve) => {
    const leave = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      request.socket.off('close', leave);
      resolve(true);
    }, ms);
    request.socket.once('close', leave);
  });
}
