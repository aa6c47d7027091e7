export { SandboxError } from './error.js';
export { type CreateSandbox, Sandbox } from './sandbox.js';
export type * from './types.js';
export type * from './webhook-types.js';
export type { Webhooks } from './webhooks.js';
