import { type ServeSandbox, serveSandboxWith } from '../sandbox/server.js';
import { createSandbox } from './sandbox.node.js';

/**
 * Serves a sandbox over HTTP, with Node's own server.
 *
 * @example
 * ```ts
 * const { url, sandbox, close } = await serveSandbox({ port: 4010 });
 * const client = new RespondIO({ apiToken: 'sandbox', baseUrl: `${url}/v2` });
 * await close();
 * ```
 */
export const serveSandbox: ServeSandbox = serveSandboxWith(createSandbox);

export type { SandboxServer, ServerOptions, ServeSandbox } from '../sandbox/server.js';
