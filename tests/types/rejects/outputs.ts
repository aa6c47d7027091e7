// What is received may be absent or null, and an open enum is not what may be sent.
import type {
  Channel,
  Contact,
  Conversation,
  CustomField,
  Message,
  MessageResult,
  RespondIO,
  Tag,
} from 'respond-io-wasm';

declare const client: RespondIO;
declare const contact: Contact;
declare const channel: Channel;
declare const message: Message;
declare const result: MessageResult;
declare const conversation: Conversation;
declare const tag: Tag;
declare const field: CustomField;
declare function text(value: string): void;
declare function number(value: number): void;

// @ts-expect-error
text(contact.firstName);
// @ts-expect-error
text(contact.firstName?.trim());
// @ts-expect-error
number(contact.id);
// @ts-expect-error
contact.firstName.trim();
// @ts-expect-error
contact.tags.join();
// @ts-expect-error
contact.customFields[0];
// @ts-expect-error
text(contact.assignee);
// @ts-expect-error
contact.firstname;
// @ts-expect-error
number(channel.id);
// @ts-expect-error
channel.meta.number;
// @ts-expect-error
text(channel.meta?.number);
// @ts-expect-error
message.message.type;
// @ts-expect-error
text(message.message?.text);
// @ts-expect-error
message.message?.attachment.url;
// @ts-expect-error
number(message.timestamp);
// @ts-expect-error
number(result.messageId);
// @ts-expect-error
text(conversation.status);
// @ts-expect-error
number(conversation.closed);
// @ts-expect-error
number(tag.id);
// @ts-expect-error
text(field.name);
// @ts-expect-error
field.options.length;

// @ts-expect-error
client.contacts.update('id:1', contact);
// @ts-expect-error
client.contacts.get(contact);
// @ts-expect-error
client.contacts.get({ id: contact.id });
// @ts-expect-error
client.contacts.addTags('id:1', contact.tags);
// @ts-expect-error
client.messaging.send('id:1', { message: message.message });
// @ts-expect-error
client.messaging.get('id:1', result.messageId);
// @ts-expect-error
client.conversations.updateStatus('id:1', { status: conversation.status ?? 'open' });
// @ts-expect-error
client.conversations.assign('id:1', { assignee: conversation.assignee });
// @ts-expect-error
client.tags.update(tag.id, { name: 'VIP' });
// @ts-expect-error
client.customFields.create({ name: 'Plan', type: field.type ?? 'text' });
