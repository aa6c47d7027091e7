import { expect, expectEqual, expectRejected } from './expect.mjs';

/** What the operations before have left for those after. @typedef {Record<string, number>} Memory */
/** A client, its library, the sandbox that it speaks to, and the memory. @typedef {{ client: import('respond-io-wasm').RespondIO, library: typeof import('respond-io-wasm'), sandbox: import('respond-io-wasm/sandbox').Sandbox, memory: Memory }} Scene */

/**
 * A day in a workspace: every operation of the contract, in an order in which each has something to do.
 *
 * Each checks what came back and gives a few words on it.
 *
 * @type {Record<string, (scene: Scene) => Promise<string>>}
 */
export const DEMO = {
  async createCustomField({ client }) {
    const field = await client.customFields.create({ name: 'Loyalty', type: 'list', options: ['silver', 'gold'] });
    expectEqual(field.name, 'Loyalty');
    return `field ${field.id} ${field.name}, one of ${field.options?.join(', ')}`;
  },

  async listCustomFields({ client }) {
    const names = (await client.customFields.list()).map((field) => field.name);
    expect(names.includes('Loyalty'));
    return names.join(', ');
  },

  async createTag({ client, memory }) {
    const tag = await client.tags.create({ name: 'newcomer' });
    memory.tag = id(tag.id);
    return `tag ${tag.id} ${tag.name}`;
  },

  async updateTag({ client, memory }) {
    await client.tags.update(id(memory.tag), { name: 'vip' });
    return 'newcomer is now vip';
  },

  async createContact({ client, memory }) {
    const customFields = [{ name: 'Loyalty', value: 'gold' }];
    const contact = await client.contacts.create({ firstName: 'Aida', email: 'aida@example.com', customFields });
    memory.aida = id(contact.id);
    expectEqual(contact.customFields, customFields);
    return `contact ${contact.id} ${contact.firstName}`;
  },

  async createOrUpdateContact({ client, memory }) {
    const contact = await client.contacts.createOrUpdate('phone:+60123456789', { firstName: 'Aida', lastName: 'Lim' });
    memory.double = id(contact.id);
    return `contact ${contact.id} ${contact.firstName} ${contact.lastName}`;
  },

  async updateContact({ client }) {
    const contact = await client.contacts.update('phone:+60123456789', { language: 'ms' });
    expectEqual(contact.language, 'ms');
    return `language ${contact.language}`;
  },

  async mergeContacts({ client, memory }) {
    const [primaryContactId, secondaryContactId] = [id(memory.aida), id(memory.double)];
    const contact = await client.contacts.merge({ primaryContactId, secondaryContactId });
    expectEqual([contact.id, contact.phone], [primaryContactId, '+60123456789']);
    return `contact ${secondaryContactId} went into ${primaryContactId}, with ${contact.phone}`;
  },

  async addContactTags({ client }) {
    await client.contacts.addTags('email:aida@example.com', ['vip', 'newsletter']);
    return 'vip and newsletter';
  },

  async removeContactTags({ client }) {
    await client.contacts.deleteTags('email:aida@example.com', ['newsletter']);
    return 'newsletter';
  },

  async getContact({ client }) {
    const contact = await client.contacts.get({ phone: '+60123456789' });
    expectEqual(contact.tags, ['vip']);
    return `${contact.firstName} ${contact.lastName}, ${contact.tags?.join(', ')}`;
  },

  async listContacts({ client, sandbox }) {
    await sandbox.seed(250);
    let count = 0;
    for await (const contact of client.contacts.list()) count += id(contact.id) > 0 ? 1 : 0;
    expectEqual(count, 251);
    return `${count} contacts, page by page`;
  },

  async listContactChannels({ client, sandbox, memory }) {
    const message = await sandbox.receive('email:aida@example.com', { type: 'text', text: 'Is my order there?' });
    const channels = await client.contacts.listChannels('email:aida@example.com');
    expect(
      channels.some((channel) => channel.id === message.channelId),
      channels,
    );
    memory.channel = id(message.channelId);
    return channels.map((channel) => channel.name).join(', ');
  },

  async sendMessage({ client, memory }) {
    const message = await client.messaging.send('email:aida@example.com', {
      message: {
        type: 'quick_reply',
        text: 'It is. Shall we bring it?',
        quickReplies: [{ title: 'Yes' }, { title: 'No' }],
      },
    });
    memory.message = id(message.messageId);
    return `message ${message.messageId} ${message.status}`;
  },

  async getMessage({ client, memory }) {
    const message = await client.messaging.get('email:aida@example.com', id(memory.message));
    expectEqual([message.contactId, message.channelId], [memory.aida, memory.channel]);
    return `${message.traffic}, ${message.message?.type}, over channel ${message.channelId}`;
  },

  async createComment({ client }) {
    await client.comments.create('email:aida@example.com', { text: 'Call her back, @[agent@example.com]' });
    return 'mentions agent@example.com';
  },

  async assignConversation({ client }) {
    await client.conversations.assign('email:aida@example.com', { assignee: 'email:agent@example.com' });
    const contact = await client.contacts.get('email:aida@example.com');
    expect(contact.assignee?.includes('agent@example.com'), contact);
    return `to ${contact.assignee}`;
  },

  async updateConversationStatus({ client }) {
    const conversation = await client.conversations.updateStatus('email:aida@example.com', { status: 'close' });
    expectEqual(conversation.status, 'close');
    return `contact ${conversation.contactId}, ${conversation.status}`;
  },

  async deleteTag({ client, memory }) {
    await client.tags.delete(id(memory.tag));
    const contact = await client.contacts.get('email:aida@example.com');
    expectEqual(contact.tags, []);
    return 'vip, from its contacts too';
  },

  async deleteContact({ client, library }) {
    await client.contacts.delete('email:aida@example.com');
    await expectRejected(client.contacts.get('email:aida@example.com'), library.NotFoundError);
    return 'asked for again, she is a 404';
  },
};

/** A number that the service gave; it must be one to be used again. */
function id(value) {
  expect(Number.isSafeInteger(value) && value > 0, `${value} is not an id`);
  return value;
}
