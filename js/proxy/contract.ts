import { configure } from '../configure.js';
import { type OperationInputs, ROUTES } from '../generated/routes.js';
import { contract } from '../surface.js';
import type { Proxied } from './proxied.js';
import { proxyOf } from './proxy.js';
import { numbered } from './route.js';
import type { ProxyFunction, ProxyOptions } from './types.js';

const PROXIED: Proxied = { routes: numbered(ROUTES), configure: (options) => configure(options, contract) };

/**
 * Makes a proxy: pages call it as if it were the service, without a token, and it calls the service for them.
 *
 * What is sent is made anew from the arguments of a declared operation: no header, cookie, query or path of the page's
 * request reaches the service, and no header of the service's answer but its limits reaches the page.
 *
 * @param options - The token, what pages may do, and who may.
 * @returns A function from a request to its answer, which never rejects.
 * @throws `ValidationError` where an option is wrong; its `path` names it.
 *
 * @example
 * ```ts
 * const proxy = createProxy({
 *   apiToken: () => 'the token',
 *   allow: { getContact: true, sendMessage: { message: { message: { type: 'text' } } } },
 *   authorize: (request) => request.headers.get('cookie') !== null,
 * });
 * const response = await proxy(new Request('https://app.example.com/api/respond/contact/id:1'));
 * ```
 */
export function createProxy(options: ProxyOptions<OperationInputs>): ProxyFunction {
  return proxyOf(PROXIED, options);
}
