// Every operation, with right arguments, and the exact type of what it returns.
import type {
  ApiPromise,
  Channel,
  Contact,
  Conversation,
  CustomField,
  Message,
  MessageResult,
  PagePromise,
  RespondIO,
  Tag,
} from 'respond-io-wasm';
import { exactly } from '../exact.js';

declare const client: RespondIO;

exactly<ApiPromise<Contact>>()(client.contacts.create({ firstName: 'Aida', email: 'aida@example.com' }));
exactly<ApiPromise<Contact>>()(client.contacts.createOrUpdate('email:aida@example.com', { lastName: 'Tan' }));
exactly<PagePromise<Contact>>()(client.contacts.list({ limit: 50, cursorId: 7 }));
exactly<ApiPromise<Contact>>()(client.contacts.get('id:1'));
exactly<ApiPromise<Contact>>()(client.contacts.update('phone:+60123456789', { language: 'ms', countryCode: 'MY' }));
exactly<ApiPromise<void>>()(client.contacts.delete('id:1'));
exactly<ApiPromise<Contact>>()(client.contacts.merge({ primaryContactId: 1, secondaryContactId: 2 }));
exactly<ApiPromise<void>>()(client.contacts.addTags('id:1', ['vip']));
exactly<ApiPromise<void>>()(client.contacts.deleteTags('id:1', ['vip']));
exactly<ApiPromise<Channel[]>>()(client.contacts.listChannels('id:1'));
exactly<ApiPromise<MessageResult>>()(client.messaging.send('id:1', { message: { type: 'text', text: 'Hello' } }));
exactly<ApiPromise<Message>>()(client.messaging.get('id:1', 1));
exactly<ApiPromise<Conversation>>()(client.conversations.updateStatus('id:1', { status: 'open' }));
exactly<ApiPromise<void>>()(client.conversations.assign('id:1', { assignee: 'email:agent@example.com' }));
exactly<ApiPromise<void>>()(client.comments.create('id:1', { text: 'Called back' }));
exactly<ApiPromise<Tag>>()(client.tags.create({ name: 'vip' }));
exactly<ApiPromise<void>>()(client.tags.update(1, { name: 'VIP' }));
exactly<ApiPromise<void>>()(client.tags.delete(1));
exactly<ApiPromise<CustomField[]>>()(client.customFields.list());
exactly<ApiPromise<CustomField>>()(client.customFields.create({ name: 'Plan', type: 'list', options: ['a', 'b'] }));
