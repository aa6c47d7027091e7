import { type Hooks, LOG_LEVELS, type Logger, type LogLevel, Reporter } from './hooks.js';
import { fingerprint, Limiter, type Pacing, type RateLimitOptions } from './limiter.js';
import { checkFunction, complete, fail, integer, must, type Options, oneOf, unchecked, within } from './option.js';
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

/** What may be set for a single call. */
export interface OneCall extends CallConfig {
  signal?: AbortSignal | undefined;
}

/** What may be set for a client alone and is kept as it is. */
interface ClientConfig extends CallConfig {
  fetch: Fetch | undefined;
  stallTimeout: number;
  maxRetryDelayMs: number;
  responseValidation: ResponseValidation;
  maxResponseBytes: number;
}

/** A client's options, checked and complete. */
export interface Config extends ClientConfig {
  surface: Surface;
  token: string | (() => string | Promise<string>) | undefined;
  baseUrl: string;
  limiter: Limiter | undefined;
  reporter: Reporter;
  counts: Counts;
}

/** What is only looked at while a client is made. */
interface OnlyGiven extends Hooks {
  apiToken: ClientOptions['apiToken'];
  baseUrl: string;
  rateLimit: RateLimitOptions | false;
  logger: Logger | undefined;
  logLevel: LogLevel;
  dangerouslyAllowBrowser: boolean;
}

type Key = NonNullable<RateLimitOptions['key']>;

const DEFAULT_BASE_URL = 'https://api.respond.io/v2';
/** What the client says of itself; a token in particular goes through `apiToken` alone. */
const OWN_HEADERS = ['accept', 'authorization', 'content-length', 'content-type', 'host'];
/** How many requests a window holds at most: each slot is remembered. */
const MAX_LIMIT = 100_000;

const flag = must((value) => typeof value === 'boolean', 'must be true or false');

const SHARED: Options<CallConfig> = {
  timeout: [integer, 30_000],
  totalTimeout: [integer, 0],
  maxRetries: [integer, 2],
  retryUnsafe: [flag, false],
  headers: [checkHeaders, {}],
};

const OF_CALL: Options<OneCall> = {
  ...SHARED,
  signal: [
    must((signal) => typeof (signal as AbortSignal | null)?.addEventListener === 'function', 'must be an AbortSignal'),
  ],
};

const OF_CLIENT: Options<ClientConfig & OnlyGiven> = {
  ...SHARED,
  onRequest: [checkFunction],
  onResponse: [checkFunction],
  onRetry: [checkFunction],
  onRateLimit: [checkFunction],
  onMismatch: [checkFunction],
  apiToken: [unchecked],
  baseUrl: [unchecked, DEFAULT_BASE_URL],
  fetch: [checkFunction],
  stallTimeout: [integer, 10_000],
  maxRetryDelayMs: [integer, 60_000],
  rateLimit: [unchecked, {}],
  logger: [checkLogger],
  logLevel: [oneOf(LOG_LEVELS), 'warn'],
  responseValidation: [oneOf(['warn', 'throw', 'off']), 'warn'],
  maxResponseBytes: [integer, 16 * 1024 * 1024],
  dangerouslyAllowBrowser: [flag, false],
};

/** How requests are paced, as it is given. */
interface RateLimits extends Pick<Pacing, 'limit' | 'windowMs' | 'maxQueue' | 'maxWaitMs'> {
  key: Key;
  group: string | undefined;
}

const OF_RATE_LIMIT: Options<RateLimits> = {
  limit: [within(1, MAX_LIMIT), 5],
  windowMs: [within(1), 1000],
  key: [
    must(
      (key) => typeof key === 'function' || key === 'method' || key === 'operation',
      "must be 'method', 'operation' or a function",
    ),
    'method',
  ],
  group: [must((group) => typeof group === 'string', 'must be a string')],
  maxQueue: [integer, 10_000],
  maxWaitMs: [integer, Infinity],
};

/** Checks the options of a client that speaks to this surface, and completes them. */
export function configure(options: ClientOptions, surface: Surface): Config {
  const given = complete(options, OF_CLIENT);
  const { apiToken, rateLimit, logger, logLevel, dangerouslyAllowBrowser, ...kept } = given;
  const baseUrl = checkBaseUrl(kept.baseUrl, apiToken !== undefined);
  if (apiToken !== undefined && runtime.isBrowser() && !dangerouslyAllowBrowser) {
    fail(
      'apiToken',
      'must not be in a browser: use respond-io-wasm/proxy (docs/edge.md) or set dangerouslyAllowBrowser',
    );
  }
  return {
    ...kept,
    surface,
    token: typeof apiToken === 'function' || apiToken === undefined ? apiToken : checkToken(apiToken),
    baseUrl,
    limiter: rateLimit === false ? undefined : new Limiter(pacing(rateLimit, given, baseUrl)),
    reporter: new Reporter(kept, logger, logLevel),
    counts: newCounts(),
  };
}

/** One call's options with the client's where it has none. */
export function forCall(config: Config, options: CallOptions): OneCall {
  return complete(options, OF_CALL, config);
}

/** How requests are paced. Clients of one origin and token share their buckets, unless told otherwise. */
function pacing(
  options: RateLimitOptions,
  { apiToken, fetch, maxRetryDelayMs }: ClientConfig & OnlyGiven,
  baseUrl: string,
): Pacing {
  const { key, group, ...limits } = complete(options, OF_RATE_LIMIT, {}, 'rateLimit.');
  const isFunction = typeof apiToken === 'function';
  // What a function will give is not known yet, so the function itself stands for its tokens.
  const owner = group === undefined ? (fetch ?? (isFunction ? apiToken : undefined)) : undefined;
  const name = group ?? (isFunction || !apiToken ? '' : fingerprint(apiToken));
  return {
    ...limits,
    key: typeof key === 'function' ? key : ({ id, method }) => (key === 'method' ? method : id),
    owner,
    prefix: `${new URL(baseUrl, DEFAULT_BASE_URL).origin} ${name} `,
    maxPauseMs: maxRetryDelayMs,
  };
}

/** A token that can stand in a header. It is in no error that this package makes. */
export function checkToken(token: unknown): string {
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  return fail('apiToken', 'must be a string of visible ASCII characters');
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
    return fail('baseUrl', 'must be an absolute URL');
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
    fail('baseUrl', 'must have no credentials, query or fragment');
  }
  return url.href.replace(/\/+$/, '');
}

/** Says of a path that only a browser knows where it leads. */
export function refusePath(): never {
  return fail('baseUrl', 'must be an absolute URL outside of a browser');
}

function checkHeaders(
  path: string,
  headers: HeadersInit | undefined,
  fallback: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (headers === undefined) return fallback;
  let checked: Record<string, string>;
  try {
    checked = Object.fromEntries(new Headers(headers));
    // Not every runtime refuses control characters.
    if (Object.values(checked).some((value) => !/^[\t -~\x80-\xff]*$/.test(value))) throw path;
  } catch {
    // What was thrown holds the value, which may be a secret.
    return fail(path, 'must be names and values that HTTP permits');
  }
  const own = OWN_HEADERS.find((name) => name in checked);
  return own ? fail(path, `must not have ${own}`) : { ...fallback, ...checked };
}

function checkLogger(path: string, logger: Logger | undefined): Logger | undefined {
  for (const name of LOG_LEVELS.slice(0, -1) as Exclude<LogLevel, 'off'>[]) {
    if (logger) checkFunction(`${path}.${name}`, logger[name] ?? null);
  }
  return logger;
}
