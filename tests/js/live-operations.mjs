// The operations of `/live` as calls, each with what it sends and an answer of the service.

const ACTION = { contactId: 1 };
const SAID = { code: 200, message: 'Done' };
const CONTACT = { id: 1, firstName: 'Aida', created_at: 1663274081 };
const CHANNEL = { id: 2, name: 'WhatsApp', source: 'whatsapp_cloud', created_at: 1663274081 };
const FIELD = { id: 3, name: 'Plan', description: 'What they pay for', dataType: 'text' };
const TAG = { id: 4, name: 'vip', emoji: '⭐', colorCode: '#FFD700' };
const USER = {
  id: 5,
  firstName: 'Mei',
  lastName: 'Tan',
  email: 'mei@example.com',
  role: 'agent',
  team: null,
  restrictions: [],
};
const MESSAGE = {
  messageId: 1783996922700277,
  channelMessageId: 'wamid.1',
  contactId: 1,
  channelId: 2,
  traffic: 'outgoing',
  message: { type: 'text', text: 'Hello!' },
  status: [{ value: 'sent', timestamp: 1663274081 }],
};
const TEMPLATE = {
  id: 6,
  name: 'welcome',
  components: [{ type: 'body', text: 'Hello {{1}}' }],
  channelId: 2,
  botId: 1,
  languageCode: 'en',
  category: 'MARKETING',
};

const changes = { lastName: null, custom_fields: [{ name: 'Plan', value: 'gold' }] };
const filter = { search: '', timezone: 'UTC', filter: { $and: [] } };
const text = { message: { type: 'text', text: 'Hello!' } };

/** Each: its id, its method, its arguments, the request (method, target, body) and the answer. */
export const CALLS = [
  call('getContact', 'contacts.get', ['id:1'], ['GET', '/contact/id:1'], CONTACT),
  call(
    'createContact',
    'contacts.create',
    ['email:a@b.c', { firstName: 'Aida' }],
    ['POST', '/contact/email:a@b.c', { firstName: 'Aida' }],
    { code: 'created', message: 'Done' },
  ),
  call('updateContact', 'contacts.update', ['id:1', changes], ['PUT', '/contact/id:1', changes], ACTION),
  call('deleteContact', 'contacts.delete', [{ id: 1 }], ['DELETE', '/contact/id:1'], ACTION),
  call(
    'createOrUpdateContact',
    'contacts.createOrUpdate',
    ['phone:+601', { firstName: 'Aida' }],
    ['POST', '/contact/create_or_update/phone:+601', { firstName: 'Aida' }],
    ACTION,
  ),
  call(
    'mergeContacts',
    'contacts.merge',
    [{ contactIds: [1, 2], firstName: 'Aida' }],
    ['POST', '/contact/merge', { contactIds: [1, 2], firstName: 'Aida' }],
    ACTION,
  ),
  call(
    'listContacts',
    'contacts.list',
    [filter, { limit: 5, cursorId: 0 }],
    ['POST', '/contact/list?limit=5&cursorId=0', filter],
    page(CONTACT),
  ),
  call('addContactTags', 'contacts.addTags', ['id:1', ['vip']], ['POST', '/contact/id:1/tag', ['vip']], ACTION),
  call('removeContactTags', 'contacts.deleteTags', ['id:1', ['vip']], ['DELETE', '/contact/id:1/tag', ['vip']], ACTION),
  call('listContactChannels', 'contacts.listChannels', ['id:1'], ['GET', '/contact/id:1/channels'], page(CHANNEL)),
  call(
    'updateLifecycle',
    'contacts.updateLifecycle',
    ['id:1', { name: null }],
    ['POST', '/contact/id:1/lifecycle/update', { name: null }],
    SAID,
  ),
  call('sendMessage', 'messaging.send', ['id:1', text], ['POST', '/contact/id:1/message', text], { messageId: 7 }),
  call('getMessage', 'messaging.get', ['id:1', 7], ['GET', '/contact/id:1/message/7'], MESSAGE),
  call(
    'listMessages',
    'messaging.list',
    ['id:1', { limit: 9 }],
    ['GET', '/contact/id:1/message/list?limit=9'],
    page(MESSAGE),
  ),
  call(
    'createComment',
    'comments.create',
    ['id:1', { text: '{{@user.5}}' }],
    ['POST', '/contact/id:1/comment', { text: '{{@user.5}}' }],
    { contactId: 1, text: '{{@user.5}}', created_at: 1663274081 },
  ),
  call(
    'assignConversation',
    'conversations.assign',
    ['id:1', { assignee: 'mei@example.com' }],
    ['POST', '/contact/id:1/conversation/assignee', { assignee: 'mei@example.com' }],
    ACTION,
  ),
  call(
    'updateConversationStatus',
    'conversations.updateStatus',
    ['id:1', { status: 'close', category: 'Resolved', summary: 'Paid' }],
    ['POST', '/contact/id:1/conversation/status', { status: 'close', category: 'Resolved', summary: 'Paid' }],
    ACTION,
  ),
  call('listUsers', 'space.listUsers', [{ limit: 50 }], ['GET', '/space/user?limit=50'], page(USER)),
  call('getUser', 'space.getUser', [5], ['GET', '/space/user/5'], USER),
  call(
    'createCustomField',
    'space.createCustomField',
    [{ name: 'Plan', dataType: 'list', allowedValues: ['gold'] }],
    ['POST', '/space/custom_field', { name: 'Plan', dataType: 'list', allowedValues: ['gold'] }],
    FIELD,
  ),
  call('listCustomFields', 'space.listCustomFields', [], ['GET', '/space/custom_field'], page(FIELD)),
  call('getCustomField', 'space.getCustomField', [3], ['GET', '/space/custom_field/3'], FIELD),
  call(
    'listClosingNotes',
    'space.listClosingNotes',
    [],
    ['GET', '/space/closing_notes'],
    page({ category: 'Resolved', description: 'All is well' }),
  ),
  call('listChannels', 'space.listChannels', [], ['GET', '/space/channel'], page(CHANNEL)),
  call('listTemplates', 'space.listTemplates', [2], ['GET', '/space/channel/2/template'], page(TEMPLATE)),
  call('createTag', 'space.createTag', [{ name: 'vip' }], ['POST', '/space/tag', { name: 'vip' }], TAG),
  call(
    'updateTag',
    'space.updateTag',
    [{ currentName: 'vip', name: 'gold' }],
    ['PUT', '/space/tag', { currentName: 'vip', name: 'gold' }],
    TAG,
  ),
  call('deleteTag', 'space.deleteTag', [{ name: 'gold' }], ['DELETE', '/space/tag', { name: 'gold' }], SAID),
];

function call(id, name, args, request, answer) {
  const [resource, method] = name.split('.');
  return { id, resource, method, args, request, answer };
}

function page(item) {
  return { items: [item], pagination: { next: 'https://api.respond.io/v2/a?cursorId=9', previous: '' } };
}
