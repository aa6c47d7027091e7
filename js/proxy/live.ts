import { type OperationId, type OperationInputs, ROUTES } from '../generated/live/routes.js';
import { configureLive } from '../live/configure.js';
import type { Proxied } from './proxied.js';
import { proxyOf } from './proxy.js';
import { numbered } from './route.js';
import type * as types from './types.js';

export type { ProxyCors, ProxyErrorBody, ProxyErrorCode, ProxyFunction, ProxyPattern } from './types.js';
export type { OperationId, OperationInputs };

/** How a proxy is made. */
export type ProxyOptions = types.ProxyOptions<OperationInputs>;
/** Says whether a request may be served, as in `respond-io-wasm/proxy`. */
export type ProxyAuthorize = types.ProxyAuthorize<OperationInputs>;
/** What `authorize` is told beside the request. */
export type ProxyContext = types.ProxyContext<OperationInputs>;
/** Operations: a list of ids, or an object from an id to true or a rule. */
export type ProxyAllow = types.ProxyAllow<OperationInputs>;
/** A rule for each operation that may be called. */
export type ProxyRules = types.ProxyRules<OperationInputs>;
/** Which arguments an operation may have. */
export type ProxyRule<Id extends OperationId> = types.ProxyRule<Id, OperationInputs>;

const PROXIED: Proxied = { routes: numbered(ROUTES), configure: configureLive };

/**
 * Makes a proxy in front of the service as accounts meet it today: what `createProxy` of `respond-io-wasm/proxy` is for
 * the contract, with the operations of `respond-io-wasm/live`, whose client is what its pages use.
 *
 * @param options - The token, what pages may do, and who may.
 * @returns A function from a request to its answer, which never rejects.
 * @throws `ValidationError` where an option is wrong; its `path` names it.
 *
 * @example
 * ```ts
 * const proxy = createProxy({
 *   apiToken: () => 'the token',
 *   allow: { getContact: true, updateLifecycle: { lifecycle: { name: ['Lead', 'Customer'] } } },
 *   authorize: (request) => request.headers.get('cookie') !== null,
 * });
 * const response = await proxy(new Request('https://app.example.com/api/respond/contact/id:1'));
 * ```
 */
export function createProxy(options: ProxyOptions): types.ProxyFunction {
  return proxyOf(PROXIED, options);
}
