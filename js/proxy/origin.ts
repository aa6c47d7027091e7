import type { Cors } from './check.js';

/** What a page of a listed origin may read of an answer's headers. */
const EXPOSED = 'retry-after, x-ratelimit-limit, x-ratelimit-remaining';

/** Whether a request comes from a page of an origin that may not call. `own` is the origin of the request's URL. */
export function isForeign(headers: Headers, own: string, cors: Cors | undefined): boolean {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  // Without an origin it is no page's fetch; but a page may embed a picture, and newer browsers tell.
  if (origin === null) return site === 'cross-site' || site === 'same-site';
  if (origin === 'null') return true;
  return origin !== own && site !== 'same-origin' && !cors?.origins.has(origin);
}

/** The headers by which a browser hands an answer to a page of a listed origin. */
export function corsHeaders(headers: Headers, cors: Cors | undefined): Record<string, string> {
  if (!cors) return {};
  const origin = headers.get('origin') ?? '';
  if (!cors.origins.has(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': EXPOSED,
    ...(cors.credentials && { 'access-control-allow-credentials': 'true' }),
  };
}

/** Whether a browser asks beforehand what a page may send. */
export function isPreflight(request: Request): boolean {
  const { method, headers } = request;
  return method === 'OPTIONS' && headers.has('origin') && headers.has('access-control-request-method');
}

/** What a page of a listed origin may send. */
export function preflightHeaders(cors: Cors, methods: readonly string[]): Record<string, string> {
  const { headers, maxAgeSeconds } = cors;
  return {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': ['content-type', ...headers].join(', '),
    ...(maxAgeSeconds !== undefined && { 'access-control-max-age': String(maxAgeSeconds) }),
  };
}
