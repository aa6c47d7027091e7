// The twenty operations as calls of the client, each with valid arguments.

/** An operation: its id, the template of its path, valid arguments, and how they are passed. @typedef {{ id: string, path: string, args: unknown[], call: (client: import('respond-io-wasm').RespondIO, ...args: unknown[]) => Promise<unknown> }} OperationCall */

const contact = { firstName: 'Aida', email: 'aida@example.com', customFields: [{ name: 'Loyalty', value: 'gold' }] };
const message = { channelId: 1, message: { type: 'text', text: 'Hello!' } };

/** @type {OperationCall[]} */
export const CALLS = [
  operation('createContact', '/contact', [contact], 'contacts', 'create'),
  operation(
    'createOrUpdateContact',
    '/contact/create_or_update/{identifier}',
    ['id:1', contact],
    'contacts',
    'createOrUpdate',
  ),
  operation('listContacts', '/contact/list', [{ limit: 5, cursorId: 2 }], 'contacts', 'list'),
  operation('getContact', '/contact/{identifier}', ['id:1'], 'contacts', 'get'),
  operation('updateContact', '/contact/{identifier}', ['id:1', contact], 'contacts', 'update'),
  operation('deleteContact', '/contact/{identifier}', ['id:1'], 'contacts', 'delete'),
  operation('mergeContacts', '/contact/merge', [{ primaryContactId: 1, secondaryContactId: 2 }], 'contacts', 'merge'),
  operation('addContactTags', '/contact/{identifier}/tag', ['id:1', ['vip']], 'contacts', 'addTags'),
  operation('removeContactTags', '/contact/{identifier}/tag', ['id:1', ['vip']], 'contacts', 'deleteTags'),
  operation('listContactChannels', '/contact/{identifier}/channel', ['id:1'], 'contacts', 'listChannels'),
  operation('sendMessage', '/contact/{identifier}/message', ['id:1', message], 'messaging', 'send'),
  operation('getMessage', '/contact/{identifier}/message/{messageId}', ['id:1', 7], 'messaging', 'get'),
  operation(
    'updateConversationStatus',
    '/contact/{identifier}/conversation',
    ['id:1', { status: 'open' }],
    'conversations',
    'updateStatus',
  ),
  operation(
    'assignConversation',
    '/contact/{identifier}/conversation/assignee',
    ['id:1', { assignee: 'email:agent@example.com' }],
    'conversations',
    'assign',
  ),
  operation('createComment', '/contact/{identifier}/comment', ['id:1', { text: 'Call her' }], 'comments', 'create'),
  operation('createTag', '/tag', [{ name: 'Loyalty' }], 'tags', 'create'),
  operation('updateTag', '/tag/{tagId}', [1, { name: 'Loyalty' }], 'tags', 'update'),
  operation('deleteTag', '/tag/{tagId}', [1], 'tags', 'delete'),
  operation('listCustomFields', '/custom_field', [], 'customFields', 'list'),
  operation('createCustomField', '/custom_field', [{ name: 'Loyalty', type: 'text' }], 'customFields', 'create'),
];

function operation(id, path, args, resource, method) {
  // A list is sent only when it is awaited; what it resolves to is the page as it came.
  const call = async (client, ...given) => {
    const value = await client[resource][method](...given);
    return id === 'listContacts' ? value.raw : value;
  };
  return { id, path, args, call };
}
