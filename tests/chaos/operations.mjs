// The twenty operations as the chaos run uses them. Each write has a target of its own, so that what must be there
// afterwards can be decided whatever the order in which requests arrived.

/** A call's names. @typedef {{ caller: number, marker: string }} Names */
/** Sends a request to the untroubled sandbox and gives the value. @typedef {(method: string, path: string, body?: unknown) => any} Ask */

/**
 * An operation in the run.
 *
 * @typedef {object} Operation
 * @property {string} resource - The client's property.
 * @property {string} method - The method of that property.
 * @property {number} weight - How often it is called, beside the others.
 * @property {boolean} [repeatable] - Whether carrying it out twice leaves what carrying it out once does.
 * @property {(ask: Ask, names: Names) => object} [prepare] - Makes its target; gives the numbers that `args` needs.
 * @property {(names: Names, target: any) => unknown[]} args - The arguments of the method.
 * @property {(value: any, names: Names, target: any) => boolean} [isValue] - Whether a value is the one that is due.
 * @property {(state: import('./state.mjs').State, names: Names) => number} [effects] - How often its effect is there.
 * @property {Record<string, number>} [adds] - What each effect adds to the totals of the state.
 */

const email = (marker) => `${marker}@contacts.example`;
const home = (caller) => `email:${email(`home-${caller}`)}`;
const own = ({ marker }) => `email:${email(marker)}`;
const yes = (condition) => (condition ? 1 : 0);

function makeContact(ask, { marker }) {
  return ask('POST', '/contact', { firstName: 'Target', email: email(marker) });
}

/**
 * Makes what a caller's calls share: a contact with a message.
 *
 * @param {Ask} ask - Sends a request.
 * @param {number} caller - The caller.
 * @returns {{ messageId: number }} The message.
 */
export function prepareHome(ask, caller) {
  ask('POST', '/contact', { firstName: 'Home', email: email(`home-${caller}`) });
  return ask('POST', `/contact/${home(caller)}/message`, {
    channelId: 1,
    message: { type: 'text', text: `hello, ${caller}` },
  });
}

/** The operations by their ids. @type {Record<string, Operation>} */
export const OPERATIONS = {
  createContact: {
    resource: 'contacts',
    method: 'create',
    weight: 2,
    // Neither email nor phone, whose uniqueness would hide a second one.
    args: ({ marker }) => [{ firstName: marker }],
    isValue: (value, { marker }) => value.firstName === marker,
    effects: (state, { marker }) => state.contactsNamed(marker),
    adds: { contacts: 1 },
  },
  createOrUpdateContact: {
    resource: 'contacts',
    method: 'createOrUpdate',
    weight: 1,
    repeatable: true,
    args: (names) => [own(names), { firstName: names.marker }],
    isValue: (value, { marker }) => value.email === email(marker) && value.firstName === marker,
    effects: (state, { marker }) => state.contactsNamed(marker),
    adds: { contacts: 1 },
  },
  listContacts: {
    resource: 'contacts',
    method: 'list',
    weight: 1,
    repeatable: true,
    args: () => [{ limit: 5 }],
    isValue: (value) => value.items.length === 5 && value.items.every((contact) => contact.id > 0),
  },
  getContact: {
    resource: 'contacts',
    method: 'get',
    weight: 1,
    repeatable: true,
    args: ({ caller }) => [home(caller)],
    isValue: (value, { caller }) => value.email === email(`home-${caller}`),
  },
  updateContact: {
    resource: 'contacts',
    method: 'update',
    weight: 1,
    repeatable: true,
    prepare: makeContact,
    args: (names) => [own(names), { lastName: names.marker }],
    isValue: (value, { marker }) => value.lastName === marker,
    effects: (state, { marker }) => yes(state.contact(email(marker))?.profile.lastName === marker),
  },
  deleteContact: {
    resource: 'contacts',
    method: 'delete',
    weight: 1,
    repeatable: true,
    prepare: makeContact,
    args: (names) => [own(names)],
    effects: (state, { marker }) => yes(!state.contact(email(marker))),
    adds: { contacts: -1 },
  },
  mergeContacts: {
    resource: 'contacts',
    method: 'merge',
    weight: 1,
    prepare(ask, names) {
      const primary = makeContact(ask, names);
      const secondary = ask('POST', '/contact', { lastName: names.marker });
      return { primaryContactId: primary.id, secondaryContactId: secondary.id };
    },
    args: (_, target) => [target],
    isValue: (value, { marker }, { primaryContactId }) => value.id === primaryContactId && value.lastName === marker,
    effects: (state, { marker }) => yes(state.contact(email(marker))?.profile.lastName === marker),
    adds: { contacts: -1 },
  },
  addContactTags: {
    resource: 'contacts',
    method: 'addTags',
    weight: 1,
    repeatable: true,
    args: ({ caller, marker }) => [home(caller), [marker]],
    effects: (state, { caller, marker }) =>
      state.tagsOf(email(`home-${caller}`)).filter((tag) => tag === marker).length,
    adds: { tags: 1 },
  },
  removeContactTags: {
    resource: 'contacts',
    method: 'deleteTags',
    weight: 1,
    repeatable: true,
    prepare(ask, names) {
      makeContact(ask, names);
      return ask('POST', `/contact/${own(names)}/tag`, [names.marker]);
    },
    args: (names) => [own(names), [names.marker]],
    effects: (state, { marker }) => yes(!state.tagsOf(email(marker)).includes(marker)),
  },
  listContactChannels: {
    resource: 'contacts',
    method: 'listChannels',
    weight: 1,
    repeatable: true,
    args: ({ caller }) => [home(caller)],
    isValue: (value) => value.length === 1 && value[0].id === 1,
  },
  sendMessage: {
    resource: 'messaging',
    method: 'send',
    weight: 4,
    args: ({ caller, marker }) => [home(caller), { channelId: 1, message: { type: 'text', text: marker } }],
    isValue: (value) => Number.isSafeInteger(value.messageId),
    effects: (state, { marker }) => state.messagesSaying(marker),
    adds: { messages: 1 },
  },
  getMessage: {
    resource: 'messaging',
    method: 'get',
    weight: 1,
    repeatable: true,
    args: ({ caller }, { messageId }) => [home(caller), messageId],
    isValue: (value, { caller }, { messageId }) =>
      value.messageId === messageId && value.message.text === `hello, ${caller}`,
  },
  updateConversationStatus: {
    resource: 'conversations',
    method: 'updateStatus',
    weight: 1,
    repeatable: true,
    prepare: makeContact,
    args: (names) => [own(names), { status: 'open' }],
    isValue: (value) => value.status === 'open',
    effects: (state, { marker }) => yes(state.contact(email(marker))?.conversation?.open),
  },
  assignConversation: {
    resource: 'conversations',
    method: 'assign',
    weight: 1,
    repeatable: true,
    prepare: makeContact,
    args: (names) => [own(names), { assignee: `email:${names.marker}@agents.example` }],
    effects: (state, { marker }) => yes(state.contact(email(marker))?.assignee?.includes(`${marker}@agents.example`)),
  },
  createComment: {
    resource: 'comments',
    method: 'create',
    weight: 2,
    args: ({ caller, marker }) => [home(caller), { text: marker }],
    effects: (state, { marker }) => state.commentsSaying(marker),
    adds: { comments: 1 },
  },
  createTag: {
    resource: 'tags',
    method: 'create',
    weight: 1,
    args: ({ marker }) => [{ name: marker }],
    isValue: (value, { marker }) => value.name === marker,
    effects: (state, { marker }) => state.tagsNamed(marker),
    adds: { tags: 1 },
  },
  updateTag: {
    resource: 'tags',
    method: 'update',
    weight: 1,
    repeatable: true,
    prepare: (ask, { marker }) => ask('POST', '/tag', { name: `before ${marker}` }),
    args: ({ marker }, { id }) => [id, { name: marker }],
    effects: (state, { marker }) => state.tagsNamed(marker),
  },
  deleteTag: {
    resource: 'tags',
    method: 'delete',
    weight: 1,
    repeatable: true,
    prepare: (ask, { marker }) => ask('POST', '/tag', { name: marker }),
    args: (_, { id }) => [id],
    effects: (state, { marker }) => yes(state.tagsNamed(marker) === 0),
    adds: { tags: -1 },
  },
  listCustomFields: {
    resource: 'customFields',
    method: 'list',
    weight: 1,
    repeatable: true,
    args: () => [],
    isValue: (value) => Array.isArray(value),
  },
  createCustomField: {
    resource: 'customFields',
    method: 'create',
    weight: 1,
    args: ({ marker }) => [{ name: marker, type: 'text' }],
    isValue: (value, { marker }) => value.name === marker,
    effects: (state, { marker }) => state.fieldsNamed(marker),
    adds: { fields: 1 },
  },
};
