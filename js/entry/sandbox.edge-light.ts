// Vercel compiles modules that are imported in this way when they are deployed, and forbids it at run time.

import { startCore } from '../sandbox/core.js';
import { type CreateSandbox, createSandboxWith } from '../sandbox/sandbox.js';
import module from './sandbox.wasm?module';

/** Makes a sandbox: an in-memory respond.io that needs no account and no network. */
export const createSandbox: CreateSandbox = createSandboxWith(async () => startCore(adopted()));

export * from '../sandbox/main.js';

/** The module as one of this realm: Next compiles it outside, and the glue of wasm-bindgen asks for `instanceof`. */
function adopted(): WebAssembly.Module {
  return Object.setPrototypeOf(module, WebAssembly.Module.prototype);
}
