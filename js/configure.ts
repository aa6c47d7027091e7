import { LOG_LEVELS, type LogLevel, Reporter } from './hooks.js';
import { fingerprint, Limiter, type Pacing, type RateLimitOptions } from './limiter.js';
import { checkFunction, checkNames, fail, integer } from './option.js';
import type { CallOptions, ClientOptions, Fetch, ResponseValidation } from './options.js';
import { runtime } from './runtime.js';
import { type Counts, newCounts } from './stats.js';
import type { Surface } from './surface.js';

/** What may be set for a client and for a single call. */
export interface CallConfig {
  timeout: number;
  totalTimeout: number;
  maxRetries: number;
  retryUnsafe: boolean;
  headers: Readonly<Record<string, string>>;
}

/** A client's options, checked and complete. */
export interface Config extends CallConfig {
  surface: Surface;
  token: (() => string | Promise<string>) | undefined;
  baseUrl: string;
  fetch: Fetch | undefined;
  stallTimeout: number;
  maxRetryDelayMs: number;
  responseValidation: ResponseValidation;
  maxResponseBytes: number;
  limiter: Limiter | undefined;
  reporter: Reporter;
  counts: Counts;
}

const DEFAULT_BASE_URL = 'https://api.respond.io/v2';
const CALL_DEFAULTS: CallConfig = { timeout: 30_000, totalTimeout: 0, maxRetries: 2, retryUnsafe: false, headers: {} };
/** What the client says of itself; a token in particular goes through `apiToken` alone. */
const OWN_HEADERS = ['accept', 'authorization', 'content-length', 'content-type', 'host'];
const SHARED = ['timeout', 'totalTimeout', 'maxRetries', 'retryUnsafe', 'headers'];
const OF_CALL = [...SHARED, 'signal'];
const HOOKS = ['onRequest', 'onResponse', 'onRetry', 'onRateLimit', 'onMismatch'] as const;
const OF_CLIENT = [
  ...SHARED,
  ...HOOKS,
  'apiToken',
  'baseUrl',
  'fetch',
  'stallTimeout',
  'maxRetryDelayMs',
  'rateLimit',
  'logger',
  'logLevel',
  'responseValidation',
  'maxResponseBytes',
  'dangerouslyAllowBrowser',
];
/** How many requests a window holds at most: each slot is remembered. */
const MAX_LIMIT = 100_000;
const OF_RATE_LIMIT = ['limit', 'windowMs', 'key', 'group', 'maxQueue', 'maxWaitMs'];

/** Checks the options of a client that speaks to this surface, and completes them. */
export function configure(options: ClientOptions, surface: Surface): Config {
  checkNames(options, OF_CLIENT);
  const { apiToken, fetch, logger, rateLimit = {} } = options;
  const responseValidation = choice('responseValidation', options.responseValidation, ['warn', 'throw', 'off']);
  const logLevel = choice('logLevel', options.logLevel ?? 'warn', LOG_LEVELS);
  for (const name of ['fetch', ...HOOKS] as const) {
    checkFunction(name, options[name]);
  }
  for (const name of LOG_LEVELS.slice(0, -1) as Exclude<LogLevel, 'off'>[]) {
    if (logger && typeof logger[name] !== 'function') fail(`logger.${name}`, 'must be a function');
  }
  flag('dangerouslyAllowBrowser', options.dangerouslyAllowBrowser, false);
  const baseUrl = checkBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL, apiToken !== undefined);
  if (apiToken !== undefined && runtime.isBrowser() && !options.dangerouslyAllowBrowser) {
    fail(
      'apiToken',
      'must not be in a browser, where everybody can read it: use respond-io-wasm/proxy (docs/edge.md) with ' +
        "baseUrl: '/api/respond', or set dangerouslyAllowBrowser: true",
    );
  }
  const maxRetryDelayMs = integer('maxRetryDelayMs', options.maxRetryDelayMs, 60_000);
  const token =
    typeof apiToken === 'function' ? apiToken : apiToken === undefined ? undefined : constant(checkToken(apiToken));
  return {
    ...callConfig(options, CALL_DEFAULTS),
    surface,
    token,
    baseUrl,
    fetch,
    stallTimeout: integer('stallTimeout', options.stallTimeout, 10_000),
    maxRetryDelayMs,
    responseValidation,
    maxResponseBytes: integer('maxResponseBytes', options.maxResponseBytes, 16 * 1024 * 1024),
    limiter: rateLimit === false ? undefined : new Limiter(pacing(rateLimit, options, baseUrl, maxRetryDelayMs)),
    reporter: new Reporter(options, logger, logLevel),
    counts: newCounts(),
  };
}

/** One call's options with the client's where it has none. */
export function forCall(config: Config, options: CallOptions): CallConfig {
  checkNames(options, OF_CALL);
  const { signal } = options;
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') fail('signal', 'must be an AbortSignal');
  return callConfig(options, config);
}

function callConfig(options: Partial<CallOptions>, defaults: CallConfig): CallConfig {
  return {
    timeout: integer('timeout', options.timeout, defaults.timeout),
    totalTimeout: integer('totalTimeout', options.totalTimeout, defaults.totalTimeout),
    maxRetries: integer('maxRetries', options.maxRetries, defaults.maxRetries),
    retryUnsafe: flag('retryUnsafe', options.retryUnsafe, defaults.retryUnsafe),
    headers: { ...defaults.headers, ...checkHeaders(options.headers) },
  };
}

/** How requests are paced. Clients of one origin and token share their buckets, unless told otherwise. */
function pacing(
  options: RateLimitOptions,
  { apiToken, fetch }: ClientOptions,
  baseUrl: string,
  maxPauseMs: number,
): Pacing {
  checkNames(options, OF_RATE_LIMIT, 'rateLimit.');
  const { key = 'method', group } = options;
  if (!['method', 'operation'].includes(key as string) && typeof key !== 'function') {
    fail('rateLimit.key', "must be 'method', 'operation' or a function");
  }
  if (group !== undefined && typeof group !== 'string') fail('rateLimit.group', 'must be a string');
  const isFunction = typeof apiToken === 'function';
  // What a function will give is not known yet, so the function itself stands for its tokens.
  const owner = group === undefined ? (fetch ?? (isFunction ? apiToken : undefined)) : undefined;
  const name = group ?? (isFunction || !apiToken ? '' : fingerprint(apiToken));
  return {
    limit: integer('rateLimit.limit', options.limit, 5, 1, MAX_LIMIT),
    windowMs: integer('rateLimit.windowMs', options.windowMs, 1000, 1),
    key: typeof key === 'function' ? key : ({ id, method }) => (key === 'method' ? method : id),
    owner,
    prefix: `${new URL(baseUrl, DEFAULT_BASE_URL).origin} ${name} `,
    maxQueue: integer('rateLimit.maxQueue', options.maxQueue, 10_000),
    maxPauseMs,
    maxWaitMs: options.maxWaitMs === undefined ? Infinity : integer('rateLimit.maxWaitMs', options.maxWaitMs, 0),
  };
}

/** A token that can stand in a header. It is in no error that this package makes. */
export function checkToken(token: unknown): string {
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  return fail('apiToken', 'must be a string of visible ASCII characters, without spaces and line breaks');
}

function checkBaseUrl(text: unknown, hasToken: boolean): string {
  const isPath = typeof text === 'string' && /^\/(?![/\\])/.test(text);
  // A page that is rendered on a server makes its client there, too; what fails is its first call.
  if (isPath && !runtime.isBrowser()) return hasToken ? refusePath() : (text as string);
  if (!isPath && !hasToken) fail('apiToken', "is required, unless baseUrl is a path on the page's own origin");
  let url: URL;
  try {
    url = new URL(String(text), isPath ? globalThis.location.origin : undefined);
  } catch {
    return fail('baseUrl', 'must be an absolute URL, such as https://api.respond.io/v2');
  }
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  // A browser drops tabs and line breaks, so only the result tells whose origin it is.
  if (isPath && url.origin !== globalThis.location.origin) fail('baseUrl', 'must stay on the own origin');
  // Without a token, a page served over http may speak to its own origin; a token never travels in the clear.
  const mayBeHttp = isLocal || (isPath && !hasToken);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && mayBeHttp)) {
    fail('baseUrl', 'must be https, or http on this machine');
  }
  if (url.username || url.password || /[?#]/.test(url.href)) {
    fail('baseUrl', 'must have neither credentials nor a query nor a fragment');
  }
  return url.href.replace(/\/+$/, '');
}

/** Says of a path that only a browser knows where it leads. */
export function refusePath(): never {
  return fail('baseUrl', 'may be a path in a browser only; here it must be an absolute URL');
}

function checkHeaders(headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  let checked: Record<string, string>;
  try {
    checked = Object.fromEntries(new Headers(headers));
  } catch {
    // What was thrown holds the value, which may be a secret.
    return fail('headers', 'must be names and values that HTTP permits');
  }
  if (Object.values(checked).some((value) => !/^[\t -~\x80-\xff]*$/.test(value))) {
    fail('headers', 'must have values without control characters');
  }
  const own = OWN_HEADERS.find((name) => name in checked);
  return own ? fail('headers', `must not have ${own}, which the client sets`) : checked;
}

function flag(name: string, value: boolean | undefined, fallback: boolean): boolean {
  const given = value ?? fallback;
  return typeof given === 'boolean' ? given : fail(name, 'must be true or false');
}

function choice<T extends string>(name: string, value: T | undefined, all: readonly [T, ...T[]] | readonly T[]): T {
  const chosen = value ?? (all[0] as T);
  return all.includes(chosen) ? chosen : fail(name, `must be one of ${all.join(', ')}`);
}

function constant(token: string): () => string {
  return () => token;
}
