import { type Call, makeCall } from '../call.js';
import type { Config } from '../configure.js';
import { ValidationError } from '../errors.js';
import { fail } from '../option.js';
import type { Surface } from '../surface.js';
import { parseCount, parseRetryAfter } from '../time.js';
import type { Proxied } from './proxied.js';
import type { Reply } from './refusal.js';
import type { NumberedRoute } from './route.js';
import { Secrets } from './secrets.js';
import type { ProxyOptions } from './types.js';

const COUNTS = ['x-ratelimit-limit', 'x-ratelimit-remaining'];

/** The service behind the proxy, called as the client calls it: what is sent is made from the arguments alone. */
export class Service {
  /** The tokens that were sent. */
  readonly secrets = new Secrets();
  readonly #config: Config;
  readonly #call: Call;

  /** Checks the client's options. */
  constructor(proxied: Proxied, { apiToken, client = {} }: Pick<ProxyOptions, 'apiToken' | 'client'>) {
    const config = clientConfig(proxied, { ...client, apiToken });
    const token = async () => {
      const given = (typeof config.token === 'function' ? await config.token() : config.token) as string;
      this.secrets.add(given);
      return given;
    };
    this.#config = { ...config, token };
    this.#call = makeCall(this.#config);
  }

  /** What it speaks. */
  get surface(): Surface {
    return this.#config.surface;
  }

  /** Carries out an operation. */
  async send(route: NumberedRoute, input: object, signal: AbortSignal): Promise<Reply> {
    const { data, response } = await this.#call<unknown>(route.number, input, { signal }).withResponse();
    // A delete that found nothing after a try that may have deleted it has done its work.
    const status = response.ok ? response.status : 204;
    return { status, body: JSON.stringify(data), outcome: 'applied', headers: limitsOf(response.headers) };
  }

  /** Logs what only the proxy's owner may know; no token. */
  log(text: string): void {
    const said = this.secrets.areIn(text) ? 'proxy: an error whose text holds the token' : `proxy: ${text}`;
    this.#config.reporter.log('error', () => said);
  }
}

function clientConfig({ configure }: Proxied, options: Parameters<Proxied['configure']>[0]): Config {
  try {
    return configure(options);
  } catch (error) {
    if (!(error instanceof ValidationError) || error.path === 'apiToken') throw error;
    return fail(`client.${error.path}`, error.message.slice(error.path.length + 1));
  }
}

/** What the service says of its limit, read and written anew. */
function limitsOf(headers: Headers): Record<string, string> {
  const limits: Record<string, string> = {};
  for (const name of COUNTS) {
    const count = parseCount(headers.get(name));
    if (count !== undefined) limits[name] = String(count);
  }
  const wait = parseRetryAfter(headers.get('retry-after'));
  return wait < 0 ? limits : { ...limits, 'retry-after': String(Math.ceil(wait / 1000)) };
}
