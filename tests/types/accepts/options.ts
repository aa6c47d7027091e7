// The options of a client and of a call.
import {
  type CallOptions,
  type ClientOptions,
  type Comments,
  type Contacts,
  type Conversations,
  type CustomFields,
  type Fetch,
  type Messaging,
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
  maxRetries: 0,
  headers: { 'x-trace': '1' },
  responseValidation: 'off',
  maxResponseBytes: 1024,
  dangerouslyAllowBrowser: true,
};

const client = new RespondIO(every);
const options: CallOptions = { signal, timeout: 1000, maxRetries: 0, headers: { 'x-trace': '1' } };
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
