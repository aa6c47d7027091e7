import { makeCall } from '../call.js';
import type { Config } from '../configure.js';
import { Resources } from '../generated/live/resources.js';
import type { ClientOptions } from '../options.js';
import { type ClientStats, statsOf } from '../stats.js';
import { configureLive } from './configure.js';
import { live } from './surface.js';

/**
 * A client of the service as accounts meet it today, with the methods of the vendor's own SDK.
 *
 * Making one is synchronous and does nothing else: no timer, no request, no randomness. The wasm module is loaded by
 * the first call, or by `ready()`.
 *
 * @example
 * ```ts
 * const client = new RespondIO({ apiToken: process.env.RESPOND_IO_TOKEN });
 * const contact = await client.contacts.get('email:aida@example.com');
 * await client.messaging.send('id:1', { message: { type: 'text', text: `Hello ${contact.firstName}!` } });
 * ```
 */
export class RespondIO extends Resources {
  readonly #config: Config;

  /**
   * Makes a client.
   *
   * @throws `ValidationError` where an option is wrong, and where a token is given in a browser.
   */
  constructor(options: ClientOptions = {}) {
    const config = configureLive(options);
    super(makeCall(config));
    this.#config = config;
  }

  /**
   * What this client has done so far, and what waits.
   *
   * @returns Counts of calls and requests, and the buckets of the limiter with their queue lengths.
   *
   * @example
   * ```ts
   * const { queued, rateLimited } = client.stats();
   * ```
   */
  stats(): ClientStats {
    const { counts, limiter } = this.#config;
    return statsOf(counts, limiter?.stats() ?? []);
  }
}

/**
 * Loads the wasm module now, so that the first call does not wait for it.
 *
 * @example
 * ```ts
 * await ready();
 * ```
 */
export async function ready(): Promise<void> {
  await live.engine.load();
}
