import { tally } from './tally.mjs';

/**
 * What a workspace holds, as the checker asks for it.
 *
 * @typedef {object} State
 * @property {(email: string) => any} contact - The contact with this email; undefined where there is none.
 * @property {(firstName: string) => number} contactsNamed - How many contacts have this first name.
 * @property {(email: string) => string[]} tagsOf - The names of the tags of the contact with this email.
 * @property {(text: string) => number} messagesSaying - How many messages have this text.
 * @property {(text: string) => number} commentsSaying - How many comments have this text.
 * @property {(name: string) => number} tagsNamed - How many tags have this name.
 * @property {(name: string) => number} fieldsNamed - How many custom fields have this name.
 * @property {Record<string, number>} totals - How many of each there are.
 */

/** The form of the snapshots that is read here: the API lists neither comments nor tags nor messages. */
const VERSION = 2;

/**
 * Reads a snapshot.
 *
 * @param {any} snapshot - A snapshot of a sandbox.
 * @returns {State} What it holds.
 * @throws {Error} Where the snapshot has another form.
 */
export function stateOf(snapshot) {
  if (snapshot.version !== VERSION) throw new Error(`snapshots of version ${snapshot.version} cannot be read here`);
  const { contacts, tags, fields } = snapshot;
  const messages = contacts.flatMap((contact) => contact.messages);
  const comments = contacts.flatMap((contact) => contact.comments);
  const byEmail = new Map(contacts.map((contact) => [contact.profile.email, contact]));
  const tagNames = new Map(tags.map((tag) => [tag.id, tag.name]));
  const [named, saying, commenting, tagged, fielded] = [
    counter(contacts.map((contact) => contact.profile.firstName)),
    counter(messages.map((message) => message.content.text)),
    counter(comments.map((comment) => comment.text)),
    counter(tags.map((tag) => tag.name)),
    counter(fields.map((field) => field.name)),
  ];
  return {
    contact: (email) => byEmail.get(email),
    contactsNamed: named,
    tagsOf: (email) => (byEmail.get(email)?.tags ?? []).map((id) => tagNames.get(id)),
    messagesSaying: saying,
    commentsSaying: commenting,
    tagsNamed: tagged,
    fieldsNamed: fielded,
    totals: {
      contacts: contacts.length,
      messages: messages.length,
      comments: comments.length,
      tags: tags.length,
      fields: fields.length,
    },
  };
}

/** How often each value is there, as a function of the value. */
function counter(values) {
  const counts = tally(values);
  return (value) => counts.get(value) ?? 0;
}
