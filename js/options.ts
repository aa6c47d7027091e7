import { ValidationError } from './errors.js';
import { runtime } from './runtime.js';

/** What happens with a 2xx that is valid JSON of unexpected kinds: see {@link ClientOptions.responseValidation}. */
export type ResponseValidation = 'warn' | 'throw' | 'off';

/** The part of `fetch` that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How a client is made. */
export interface ClientOptions {
  /**
   * The token of the Developer API, or a function that gives it, called once a try, for rotation.
   *
   * A browser shows every token to its user, so one is refused there; see {@link ClientOptions.dangerouslyAllowBrowser}.
   */
  apiToken?: string | (() => string | Promise<string>) | undefined;
  /**
   * Where the service is: an https address, or http on this machine; `https://api.respond.io/v2` where it is left out.
   * In a browser without a token also a path on the page's own origin, for a proxy that adds the token: `/api/respond`.
   */
  baseUrl?: string | undefined;
  /** What requests are sent with; the runtime's own `fetch` where it is left out. */
  fetch?: Fetch | undefined;
  /** How long one try may take, in milliseconds; 30,000 where it is left out, 0 for no bound. */
  timeout?: number | undefined;
  /** How many more tries may follow a failed one; 2 where it is left out. */
  maxRetries?: number | undefined;
  /** Headers that every request carries. */
  headers?: Readonly<Record<string, string>> | undefined;
  /**
   * What happens with a 2xx that is valid JSON of unexpected kinds. `'warn'`, the default, hands it over and logs its
   * path once, since an error after a successful send would invite the second send; `'throw'` rejects with a
   * `DecodeError`; `'off'` hands it over in silence.
   */
  responseValidation?: ResponseValidation | undefined;
  /** How many bytes of a response are read; 16 MiB where it is left out. */
  maxResponseBytes?: number | undefined;
  /** Permits a token in a browser. Everybody who opens the page can then read it and act in the workspace. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** What one call may say of its own. */
export interface CallOptions {
  /** Aborts the call: while it waits, fetches or reads. */
  signal?: AbortSignal | undefined;
  /** How long one try may take, in milliseconds; 0 for no bound. */
  timeout?: number | undefined;
  /** How many more tries may follow a failed one. */
  maxRetries?: number | undefined;
  /** Headers that this call's requests carry besides the client's. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** A client's options, checked and complete. */
export interface Config {
  token: (() => string | Promise<string>) | undefined;
  baseUrl: string;
  fetch: Fetch | undefined;
  timeout: number;
  maxRetries: number;
  headers: Readonly<Record<string, string>>;
  responseValidation: ResponseValidation;
  maxResponseBytes: number;
}

const DEFAULT_BASE_URL = 'https://api.respond.io/v2';
/** What the client says of itself; a token in particular goes through `apiToken` alone. */
const OWN_HEADERS = ['accept', 'authorization', 'content-type'];
const SHARED = ['timeout', 'maxRetries', 'headers'];
const OF_CALL = [...SHARED, 'signal'];
const OF_CLIENT = [
  ...SHARED,
  'apiToken',
  'baseUrl',
  'fetch',
  'responseValidation',
  'maxResponseBytes',
  'dangerouslyAllowBrowser',
];

/** Checks a client's options and completes them. */
export function configure(options: ClientOptions): Config {
  checkNames(options, OF_CLIENT);
  const { apiToken, fetch, responseValidation = 'warn' } = options;
  if (!['warn', 'throw', 'off'].includes(responseValidation))
    fail('responseValidation', "must be 'warn', 'throw' or 'off'");
  if (fetch !== undefined && typeof fetch !== 'function') fail('fetch', 'must be a function');
  const baseUrl = checkBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL, apiToken !== undefined);
  if (apiToken !== undefined && runtime.isBrowser() && !options.dangerouslyAllowBrowser) {
    fail(
      'apiToken',
      'must not be in a browser, where everybody can read it: send requests through a proxy of your own ' +
        "(baseUrl: '/api/respond', no token), or set dangerouslyAllowBrowser: true",
    );
  }
  return {
    token:
      typeof apiToken === 'function' ? apiToken : apiToken === undefined ? undefined : constant(checkToken(apiToken)),
    baseUrl,
    fetch,
    timeout: number('timeout', options.timeout, 30_000),
    maxRetries: number('maxRetries', options.maxRetries, 2),
    headers: checkHeaders(options.headers),
    responseValidation,
    maxResponseBytes: number('maxResponseBytes', options.maxResponseBytes, 16 * 1024 * 1024),
  };
}

/** One call's options with the client's where it has none. */
export function forCall(config: Config, options: CallOptions): Pick<Config, 'timeout' | 'maxRetries' | 'headers'> {
  checkNames(options, OF_CALL);
  const { signal } = options;
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') fail('signal', 'must be an AbortSignal');
  return {
    timeout: number('timeout', options.timeout, config.timeout),
    maxRetries: number('maxRetries', options.maxRetries, config.maxRetries),
    headers: options.headers ? { ...config.headers, ...checkHeaders(options.headers) } : config.headers,
  };
}

/** A token that can stand in a header. It is in no error that this package makes. */
export function checkToken(token: unknown): string {
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  return fail('apiToken', 'must be a string of visible ASCII characters, without spaces and line breaks');
}

function checkBaseUrl(text: unknown, hasToken: boolean): string {
  const isPath = typeof text === 'string' && /^\/(?![/\\])/.test(text);
  if (isPath && !runtime.isBrowser())
    fail('baseUrl', 'may be a path in a browser only; here it must be an absolute URL');
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
  if (url.username || url.password || url.search || url.hash) {
    fail('baseUrl', 'must have neither credentials nor a query nor a fragment');
  }
  return url.href.replace(/\/+$/, '');
}

function checkHeaders(headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  let checked: Record<string, string>;
  try {
    checked = Object.fromEntries(new Headers(headers));
  } catch {
    // What was thrown holds the value, which may be a secret.
    return fail('headers', 'must be names and values that HTTP permits');
  }
  const own = OWN_HEADERS.find((name) => name in checked);
  return own ? fail('headers', `must not have ${own}, which the client sets`) : checked;
}

function number(name: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= 0) return value;
  return fail(name, 'must be an integer of at least 0');
}

function constant(token: string): () => string {
  return () => token;
}

function checkNames(options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) fail('options', 'must be an object');
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown) fail(unknown, `is not an option; known are ${known.join(', ')}`);
}

function fail(path: string, problem: string): never {
  throw new ValidationError(`${path} ${problem}`, path, 'option');
}
