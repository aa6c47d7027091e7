export type { OperationId, OperationInputs } from '../generated/routes.js';
export { createProxy } from './contract.js';
export type {
  ProxyAllow,
  ProxyAuthorize,
  ProxyContext,
  ProxyCors,
  ProxyErrorBody,
  ProxyErrorCode,
  ProxyFunction,
  ProxyOptions,
  ProxyPattern,
  ProxyRule,
  ProxyRules,
} from './types.js';
