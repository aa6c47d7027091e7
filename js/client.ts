import { makeCall } from './call.js';
import { Resources } from './generated/resources.js';
import { type ClientOptions, configure } from './options.js';

/**
 * A client of the respond.io Developer API.
 *
 * Making one is synchronous and does nothing else: no timer, no request, no randomness. The wasm module is loaded by
 * the first call, or by `ready()`.
 *
 * @example
 * ```ts
 * const client = new RespondIO({ apiToken: process.env.RESPOND_IO_TOKEN });
 * const contact = await client.contacts.get('email:aida@example.com');
 * ```
 */
export class RespondIO extends Resources {
  /**
   * Makes a client.
   *
   * @throws `ValidationError` where an option is wrong, and where a token is given in a browser.
   */
  constructor(options: ClientOptions = {}) {
    super(makeCall(configure(options)));
  }
}
