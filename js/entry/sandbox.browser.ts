import { fetchModule } from '../module/fetch.js';
import { startCore } from '../sandbox/core.js';
import { type CreateSandbox, createSandboxWith } from '../sandbox/sandbox.js';

/** Makes a sandbox: an in-memory respond.io that needs no account and no network. */
export const createSandbox: CreateSandbox = createSandboxWith(async () =>
  startCore(await fetchModule(new URL('./sandbox.wasm', import.meta.url))),
);

export * from '../sandbox/main.js';
