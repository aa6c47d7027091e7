// The proxy of the live surface: what it takes, by operation and argument.
import {
  createProxy,
  type OperationId,
  type OperationInputs,
  type ProxyAllow,
  type ProxyAuthorize,
  type ProxyContext,
  type ProxyCors,
  type ProxyErrorBody,
  type ProxyErrorCode,
  type ProxyFunction,
  type ProxyOptions,
  type ProxyPattern,
  type ProxyRule,
  type ProxyRules,
} from 'respond-io-wasm/proxy/live';
import { exactly } from '../exact.js';

const apiToken = 'token';
const authorize = () => true;
declare const cors: ProxyCors;

exactly<ProxyFunction>()(createProxy({ apiToken, allow: ['updateLifecycle', 'listUsers'], authorize, cors }));

export const rules: ProxyRules = {
  updateLifecycle: { lifecycle: { name: ['Lead', 'Customer', null] } },
  updateTag: { tag: { currentName: ['vip', 'gold'] } },
  getUser: { id: [1, 2] },
  listContacts: { query: { limit: 50 } },
  sendMessage: (input, request) => {
    exactly<OperationInputs['sendMessage']>()(input);
    return request.headers.has('cookie') && input.identifier === 'id:1';
  },
  deleteContact: true,
};
export const rule: ProxyRule<'getMessage'> = { messageId: [1, 2] };
export const pattern: ProxyPattern<string> = ['id:1', 'id:2'];
export const narrowing: ProxyAuthorize = async (_request, { operation }: ProxyContext): Promise<ProxyAllow> => {
  exactly<OperationId>()(operation);
  return operation === 'getContact' ? rules : ['listUsers'];
};
export const options: ProxyOptions = { apiToken, allow: rules, authorize: narrowing };
export const code = (body: ProxyErrorBody): ProxyErrorCode => body.code;
