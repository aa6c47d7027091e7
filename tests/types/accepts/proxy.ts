// The proxy: what it takes, by operation and argument, and what it gives.
import type { ClientOptions, Outcome } from 'respond-io-wasm';
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
} from 'respond-io-wasm/proxy';
import { exactly } from '../exact.js';

declare const client: Omit<ClientOptions, 'apiToken' | 'dangerouslyAllowBrowser'>;
declare const ids: readonly OperationId[];
declare const sessions: Map<string, `email:${string}`>;

const authorize = () => true;
exactly<ProxyFunction>()(createProxy({ apiToken: 'token', allow: ['getContact', 'sendMessage'], authorize }));
exactly<Promise<Response>>()(
  createProxy({ apiToken: async () => 'token', allow: ids, authorize })(new Request('https://app.example.com')),
);
export default { fetch: createProxy({ apiToken: 'token', allow: {}, authorize }) };

export const every: Required<ProxyOptions> = {
  apiToken: () => 'token',
  allow: ['getContact'],
  authorize: async (request, { operation }) => {
    exactly<Request>()(request);
    exactly<OperationId>()(operation);
    return ['getContact'];
  },
  cors: { origins: ['https://app.example.com'], credentials: true, headers: ['x-page'], maxAgeSeconds: 600 },
  basePath: '/api/respond',
  maxBodyBytes: 65_536,
  bodyTimeoutMs: 5_000,
  client: { ...client, timeout: 5_000, rateLimit: { maxWaitMs: 1_000 } },
};
export const none: ProxyOptions = {
  apiToken: 'token',
  allow: {},
  authorize,
  cors: undefined,
  basePath: undefined,
  maxBodyBytes: undefined,
  bodyTimeoutMs: undefined,
  client: undefined,
};

export const rules: ProxyRules = {
  getContact: { identifier: ['id:1', 'email:aida@example.com'] },
  listContacts: { query: { limit: [5, 10] } },
  updateContact: { contact: { customFields: { name: ['plan', 'seats'] } } },
  addContactTags: { tags: ['vip', 'new'] },
  removeContactTags: { tags: 'vip' },
  sendMessage: { identifier: 'id:1', message: { channelId: 1, message: { type: ['text', 'attachment'] } } },
  getMessage: { messageId: 7 },
  assignConversation: { assignment: { assignee: [null, 'email:agent@example.com'] } },
  updateConversationStatus: ({ conversation }) => conversation.status === 'close',
  deleteTag: async ({ tagId }, request) => {
    exactly<number>()(tagId);
    exactly<Request>()(request);
    return tagId > 5;
  },
  listCustomFields: true,
};
export const allow: ProxyAllow[] = [rules, ids, {}, [], { listCustomFields: {} }];
export const ask: ProxyAuthorize = (request, context) => {
  exactly<ProxyContext>()(context);
  const identifier = sessions.get(request.headers.get('cookie') ?? '');
  return identifier !== undefined && { getContact: { identifier }, sendMessage: { identifier } };
};
export const rule: ProxyRule<'sendMessage'> = { message: [{ channelId: 1 }, { message: { type: 'text' } }] };
export const pattern: ProxyPattern<{ a: number; b?: string[] }> = { a: [1, 2], b: 'x' };
export const cors: ProxyCors = { origins: [] };

declare const inputs: OperationInputs;
exactly<number>()(inputs.getMessage.messageId);
exactly<`id:${number}` | `email:${string}` | `phone:${string}`>()(inputs.getContact.identifier);

declare const body: ProxyErrorBody;
exactly<ProxyErrorCode>()(body.code);
exactly<string>()(body.message);
exactly<number>()(body.status);
exactly<Outcome>()(body.outcome);
exactly<string | undefined>()(body.path);
