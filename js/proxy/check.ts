import { MAX_ARGUMENTS } from '../generated/operations.js';
import { checkNames, fail, integer } from '../option.js';
import { type Allowed, compileAllow } from './allow.js';
import type { NumberedRoute } from './route.js';
import type { ProxyCors, ProxyOptions } from './types.js';

/** Options that are checked and complete. */
export interface Settings {
  /** The routes of the surface. */
  routes: readonly NumberedRoute[];
  allowed: Allowed;
  authorize: (request: Request, context: { operation: string }) => unknown;
  cors: Cors | undefined;
  /** Without a slash at its end. */
  basePath: string;
  maxBodyBytes: number;
  bodyTimeoutMs: number;
}

/** The foreign origins that may call. */
export interface Cors {
  origins: ReadonlySet<string>;
  credentials: boolean;
  headers: readonly string[];
  maxAgeSeconds: number | undefined;
}

const KNOWN = [
  'apiToken',
  'allow',
  'authorize',
  'cors',
  'basePath',
  'maxBodyBytes',
  'bodyTimeoutMs',
  'client',
] satisfies (keyof ProxyOptions)[];
const OF_CORS = ['origins', 'credentials', 'headers', 'maxAgeSeconds'] satisfies (keyof ProxyCors)[];
/** The longest time that timers take. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Checks the options but for those of the client, and completes them. */
export function check<Inputs>(routes: readonly NumberedRoute[], options: ProxyOptions<Inputs>): Settings {
  checkNames(options, KNOWN);
  if (options.apiToken === undefined) fail('apiToken', 'is required');
  if (typeof options.authorize !== 'function') {
    fail('authorize', 'must be a function that says who may call; for a proxy that is open to everybody, () => true');
  }
  checkClient(options.client);
  return {
    routes,
    allowed: compileAllow(routes, options.allow),
    // It is told of no operation but those of the surface.
    authorize: options.authorize as Settings['authorize'],
    cors: options.cors === undefined ? undefined : checkCors(options.cors),
    basePath: checkBasePath(options.basePath ?? '/api/respond'),
    maxBodyBytes: integer('maxBodyBytes', options.maxBodyBytes, 256 * 1024, 1, MAX_ARGUMENTS),
    bodyTimeoutMs: integer('bodyTimeoutMs', options.bodyTimeoutMs, 10_000, 1, MAX_TIMEOUT_MS),
  };
}

function checkClient(client: unknown): void {
  if (client === undefined) return;
  if (typeof client !== 'object' || client === null) fail('client', "must be an object of the client's options");
  if ('apiToken' in client) fail('client.apiToken', 'must stand beside client, not in it');
  if ('dangerouslyAllowBrowser' in client) fail('client.dangerouslyAllowBrowser', 'is not for a proxy');
}

function checkCors(cors: ProxyCors): Cors {
  checkNames(cors, OF_CORS, 'cors.');
  const { origins, credentials = false, headers = [], maxAgeSeconds } = cors;
  if (!Array.isArray(origins)) fail('cors.origins', "must be a list, such as ['https://app.example.com']");
  const wrong = origins.findIndex((origin) => !isOrigin(origin));
  if (wrong >= 0) fail(`cors.origins[${wrong}]`, 'must be an origin and no more, such as https://app.example.com');
  if (typeof credentials !== 'boolean') fail('cors.credentials', 'must be true or false');
  if (!Array.isArray(headers) || !headers.every((name) => /^[\w-]+$/.test(name))) {
    fail('cors.headers', 'must be a list of names of headers');
  }
  if (maxAgeSeconds !== undefined) integer('cors.maxAgeSeconds', maxAgeSeconds, 0, 0, MAX_TIMEOUT_MS);
  return { origins: new Set(origins), credentials, headers: [...headers], maxAgeSeconds };
}

function isOrigin(text: unknown): boolean {
  if (typeof text !== 'string' || !/^https?:[^*]+$/.test(text)) return false;
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}

function checkBasePath(path: unknown): string {
  const text = typeof path === 'string' ? path.replace(/\/$/, '') : '*';
  const isPlain = /^(\/[\w.~-]+)*$/.test(text) && !/\/\.\.?(\/|$)/.test(text);
  return isPlain ? text : fail('basePath', 'must be a plain path, such as /api/respond');
}
