// Every form of a body; `undefined` is the same as leaving an optional field out.
import type { ContactCreate, CustomFieldInput, MessageContentInput, MessageSend, RespondIO } from 'respond-io-wasm';

declare const client: RespondIO;

client.contacts.create({});
client.contacts.create({ firstName: undefined });
client.contacts.create({
  firstName: 'Aida',
  lastName: 'Tan',
  email: 'aida@example.com',
  phone: '+60123456789',
  language: 'ms',
  profilePic: 'https://example.com/aida.png',
  countryCode: 'MY',
  customFields: [{ name: 'Plan', value: 'gold' }],
});
client.contacts.addTags('id:1', []);

export const contents: MessageContentInput[] = [
  { type: 'text', text: 'Hello' },
  { type: 'attachment', attachment: { type: 'image', url: 'https://example.com/a.png' } },
  { type: 'attachment', attachment: { type: 'video', url: 'https://example.com/a.mp4' } },
  { type: 'attachment', attachment: { type: 'audio', url: 'https://example.com/a.mp3' } },
  { type: 'attachment', attachment: { type: 'file', url: 'https://example.com/a.pdf' } },
  { type: 'quick_reply', text: 'Still there?', quickReplies: [{ title: 'Yes', payload: 'yes' }, { title: 'No' }] },
  { type: 'whatsapp_template', template: { name: 'welcome', languageCode: 'en', components: [] } },
];
export const sent: MessageSend[] = contents.map((message) => ({ channelId: 5, message }));
client.messaging.send('id:1', { channelId: undefined, message: { type: 'text', text: 'Hello' } });

client.conversations.updateStatus('id:1', { status: 'open' });
client.conversations.updateStatus('id:1', { status: 'close' });
client.conversations.updateStatus('id:1', { status: 'close', closingNoteId: 3 });
client.conversations.assign('id:1', { assignee: null });

client.tags.create({ id: 1, name: 'vip' });
export const fields: CustomFieldInput[] = (['text', 'number', 'date', 'list', 'checkbox', 'url'] as const).map(
  (type) => ({ name: 'Plan', type }),
);
export const contact: ContactCreate = { customFields: undefined };
