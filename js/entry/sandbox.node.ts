// The build puts the module's bytes in, so that no bundle can lose a file.
import base64 from 'inline:sandbox.wasm';
import { compileInline } from '../module/inline.js';
import { startCore } from '../sandbox/core.js';
import { type CreateSandbox, createSandboxWith } from '../sandbox/sandbox.js';

/**
 * Makes a sandbox: an in-memory respond.io that needs no account and no network.
 *
 * @example
 * ```ts
 * const sandbox = await createSandbox();
 * const client = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch });
 * ```
 */
export const createSandbox: CreateSandbox = createSandboxWith(async () => startCore(await compileInline(base64)));

export * from '../sandbox/main.js';
