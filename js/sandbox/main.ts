export { SandboxError } from './error.js';
export { type CreateSandbox, Sandbox } from './sandbox.js';
export type * from './types.js';
