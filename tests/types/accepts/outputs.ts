// What is received: every field may be absent or null but those that the contract requires, and enums are open.
import type {
  Attachment,
  Contact,
  Conversation,
  CustomField,
  JsonObject,
  Message,
  MessageContent,
  RespondIO,
  Tag,
} from 'respond-io-wasm';
import { exactly } from '../exact.js';

declare const client: RespondIO;

const contact = await client.contacts.get('id:1');
exactly<number | null | undefined>()(contact.id);
exactly<string | null | undefined>()(contact.firstName);
exactly<string[] | null | undefined>()(contact.tags);
exactly<string | null | undefined>()(contact.customFields?.[0]?.value);
export const name: string = contact.firstName ?? 'nobody';

const message = await client.messaging.get('id:1', 1);
exactly<'incoming' | 'outgoing' | (string & {}) | null | undefined>()(message.traffic);
exactly<MessageContent | null | undefined>()(message.message);
exactly<JsonObject | null | undefined>()(message.message?.template);
export const isCall: boolean = message.traffic === 'call';
export const isSticker: boolean = message.message?.type === 'sticker';
if (message.message) exactly<MessageContent['type']>()(message.message.type);

const tag = await client.tags.create({ name: 'vip' });
exactly<string>()(tag.name);
exactly<number | null | undefined>()(tag.id);

const [channel] = await client.contacts.listChannels('id:1');
exactly<unknown>()(channel?.meta?.anything);

export const conversation: Conversation = { status: 'snoozed', assignee: null, closed: null };
export const field: CustomField = { type: 'colour' };
export const attachment: Attachment = { type: 'sticker' };
export const call: Message = { traffic: 'call', message: { type: 'call' } };
export const bare: Tag & Contact = { name: 'vip' };
