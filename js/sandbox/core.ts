import { initSync, SandboxCore } from '../generated/sandbox/sandbox.js';
import type { SandboxModule } from './types.js';

/** Starts the sandbox's wasm module; all sandboxes of a process live in it. */
export function startCore(module: WebAssembly.Module): SandboxModule {
  initSync({ module });
  return { SandboxCore: SandboxCore as unknown as SandboxModule['SandboxCore'] };
}
