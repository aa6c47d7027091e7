// The options of a client and of a call.
import {
  type BucketOperation,
  type CallOptions,
  type ClientOptions,
  type Comments,
  type Contacts,
  type Conversations,
  type CustomFields,
  type Fetch,
  type Logger,
  type LogLevel,
  type Messaging,
  type RateLimitOptions,
  type Resources,
  RespondIO,
  type ResponseValidation,
  ready,
  type Tags,
} from 'respond-io-wasm';
import { exactly } from '../exact.js';

declare const signal: AbortSignal;

new RespondIO();
new RespondIO({});
new RespondIO({ apiToken: 'token' });
new RespondIO({ apiToken: () => 'token' });
new RespondIO({ apiToken: async () => 'token', fetch });
new RespondIO({ apiToken: undefined, baseUrl: '/api/respond' });

export const send: Fetch = (url, init) => fetch(url, init);
export const validation: ResponseValidation = 'throw';
export const every: Required<ClientOptions> = {
  apiToken: 'token',
  baseUrl: 'https://api.respond.io/v2',
  fetch: send,
  timeout: 0,
  totalTimeout: 0,
  stallTimeout: 0,
  maxRetries: 0,
  maxRetryDelayMs: 0,
  retryUnsafe: true,
  rateLimit: false,
  onRequest: () => {},
  onResponse: async () => {},
  onRetry: () => {},
  onRateLimit: () => {},
  onMismatch: () => {},
  logger: console,
  logLevel: 'off',
  headers: { 'x-trace': '1' },
  responseValidation: 'off',
  maxResponseBytes: 1024,
  dangerouslyAllowBrowser: true,
};

export const limits: Required<RateLimitOptions> = {
  limit: 5,
  windowMs: 1000,
  key: 'operation',
  group: 'our organization',
  maxQueue: 100,
  maxWaitMs: 0,
};
new RespondIO({ apiToken: 'token', rateLimit: limits });
new RespondIO({ apiToken: 'token', rateLimit: {} });
new RespondIO({ apiToken: 'token', rateLimit: { key: 'method', limit: undefined } });
new RespondIO({ rateLimit: { key: ({ id, method }) => (id.endsWith('Tag') ? 'tags' : method) } });
exactly<(operation: BucketOperation) => string>()((operation: BucketOperation) => operation.id);
export const levels: LogLevel[] = ['debug', 'info', 'warn', 'error', 'off'];
export const logger: Logger = { debug() {}, info() {}, warn() {}, error: (message) => message.toUpperCase() };

const client = new RespondIO(every);
const options: Required<CallOptions> = {
  signal,
  timeout: 1000,
  totalTimeout: 5000,
  maxRetries: 0,
  retryUnsafe: false,
  headers: { 'x-trace': '1' },
};
client.contacts.create({}, options);
client.contacts.createOrUpdate('id:1', {}, options);
client.contacts.list({}, options);
client.contacts.get('id:1', options);
client.contacts.update('id:1', {}, options);
client.contacts.delete('id:1', options);
client.contacts.merge({ primaryContactId: 1, secondaryContactId: 2 }, options);
client.contacts.addTags('id:1', ['vip'], options);
client.contacts.deleteTags('id:1', ['vip'], options);
client.contacts.listChannels('id:1', options);
client.messaging.send('id:1', { message: { type: 'text', text: 'Hello' } }, options);
client.messaging.get('id:1', 1, options);
client.conversations.updateStatus('id:1', { status: 'open' }, options);
client.conversations.assign('id:1', { assignee: null }, options);
client.comments.create('id:1', { text: 'Called back' }, options);
client.tags.create({ name: 'vip' }, options);
client.tags.update(1, { name: 'VIP' }, options);
client.tags.delete(1, options);
client.customFields.list(options);
client.customFields.create({ name: 'Plan', type: 'text' }, options);
client.contacts.get('id:1', { signal: undefined, timeout: undefined });

export const resources: Resources = client;
exactly<Contacts>()(client.contacts);
exactly<Messaging>()(client.messaging);
exactly<Conversations>()(client.conversations);
exactly<Comments>()(client.comments);
exactly<Tags>()(client.tags);
exactly<CustomFields>()(client.customFields);
exactly<Promise<void>>()(ready());
