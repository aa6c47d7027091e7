// Workers compile modules when they are deployed and forbid it at run time.

import { startCore } from '../sandbox/core.js';
import { type CreateSandbox, createSandboxWith } from '../sandbox/sandbox.js';
import module from './sandbox.wasm';

/** Makes a sandbox: an in-memory respond.io that needs no account and no network. */
export const createSandbox: CreateSandbox = createSandboxWith(async () => startCore(module));

export * from '../sandbox/main.js';
