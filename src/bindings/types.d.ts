// Printed by xtask from the declarations in src/model and src/operation.

/** A JSON object with any fields. */
export type JsonObject = { [name: string]: unknown };

/**
 * A contact's identifier: `id:1`, `email:a@b.c` or `phone:+60123456789`, or an object with one of these keys.
 *
 * An id is a positive integer up to 2^53-1, a phone has up to 15 digits with an optional `+`, an email has one `@` with
 * something on both sides.
 */
export type Identifier =
  | `id:${number}`
  | `email:${string}`
  | `phone:${string}`
  | { id: number; email?: undefined; phone?: undefined }
  | { email: string; id?: undefined; phone?: undefined }
  | { phone: string; id?: undefined; email?: undefined };

/** A user of the workspace, by email: `email:agent@example.com`. */
export type UserIdentifier = `email:${string}`;

/** The fields of a contact to create or to change. A field that is left out stays as it is. */
export interface ContactCreate {
  /** The given name. */
  firstName?: string | undefined;
  /** The family name. */
  lastName?: string | undefined;
  /** The email; no two contacts of a workspace share one. */
  email?: string | undefined;
  /** The phone number, as `+60123456789`; no two contacts of a workspace share one. */
  phone?: string | undefined;
  /** The language, as an ISO 639-1 code. */
  language?: string | undefined;
  /** The address of the profile picture. */
  profilePic?: string | undefined;
  /** The country, as an ISO 3166-1 alpha-2 code. */
  countryCode?: string | undefined;
  /** The values of the workspace's custom fields. */
  customFields?: readonly CustomFieldValueInput[] | undefined;
}

/** The value that a contact has for a custom field. */
export interface CustomFieldValueInput {
  /** The custom field's name. */
  name: string;
  /** The value, as text whatever the field's type. */
  value: string;
}

/** A person who talks to the workspace over one or more channels. */
export interface Contact {
  /** The contact's number in the workspace. */
  id?: number | null;
  /** The given name. */
  firstName?: string | null;
  /** The family name. */
  lastName?: string | null;
  /** The email; no two contacts of a workspace share one. */
  email?: string | null;
  /** The phone number, as `+60123456789`; no two contacts of a workspace share one. */
  phone?: string | null;
  /** The language, as an ISO 639-1 code. */
  language?: string | null;
  /** The address of the profile picture. */
  profilePic?: string | null;
  /** The country, as an ISO 3166-1 alpha-2 code. */
  countryCode?: string | null;
  /** The lifecycle stage. */
  status?: string | null;
  /** The user who looks after the contact, or null. */
  assignee?: string | null;
  /** When the contact was created, in Unix seconds. */
  created?: number | null;
  /** The names of the contact's tags. */
  tags?: string[] | null;
  /** The values of the workspace's custom fields. */
  customFields?: CustomFieldValue[] | null;
}

/** The value that a contact has for a custom field. */
export interface CustomFieldValue {
  /** The custom field's name. */
  name?: string | null;
  /** The value, as text whatever the field's type. */
  value?: string | null;
}

/** Which page of a list to fetch. */
export interface ContactListQuery {
  /** Where the page starts: the `cursorId` of the page before. */
  cursorId?: number | undefined;
  /** How many contacts the page holds, 1 to 100; the service takes 10 where it is left out. */
  limit?: number | undefined;
}

/** A page of contacts. */
export interface ContactPage {
  /** The contacts. */
  items?: Contact[] | null;
  /** Where the next page starts. */
  pagination?: Pagination | null;
}

/** Where the next page of a list starts. */
export interface Pagination {
  /** Where the next page starts, or null after the last. */
  cursorId?: number | null;
  /** Whether there is a next page. */
  hasMore?: boolean | null;
}

/** Two contacts to be made one. */
export interface ContactMerge {
  /** The number of the contact that stays. */
  primaryContactId: number;
  /** The number of the contact that goes. */
  secondaryContactId: number;
}

/** A channel that reaches a contact. */
export interface Channel {
  /** The channel's number. */
  id?: number | null;
  /** The channel's name. */
  name?: string | null;
  /** Where it leads: whatsapp, messenger, telegram, email, sms and others. */
  source?: string | null;
  /** What else the channel says of itself. */
  meta?: JsonObject | null;
}

/** A message to send. */
export interface MessageSend {
  /** The number of the channel; left out, the last one used. */
  channelId?: number | undefined;
  /** What the message says. */
  message: MessageContentInput;
}

/** What a message says. */
export type MessageContentInput =
  | {
      /** What the message is. */
      type: 'text';
      /** The body of a text and of a quick reply. */
      text: string;
    }
  | {
      /** What the message is. */
      type: 'attachment';
      /** The file of an attachment. */
      attachment: AttachmentInput;
    }
  | {
      /** What the message is. */
      type: 'quick_reply';
      /** The body of a text and of a quick reply. */
      text: string;
      /** The buttons of a quick reply. */
      quickReplies: readonly QuickReplyInput[];
    }
  | {
      /** What the message is. */
      type: 'whatsapp_template';
      /** The WhatsApp template: its `name`, `languageCode` and `components`. */
      template: JsonObject;
    };

/** A picture, a video, a sound or a file, by its address. */
export interface AttachmentInput {
  /** What it is. */
  type: 'image' | 'video' | 'audio' | 'file';
  /** Where it is fetched from. */
  url: string;
}

/** A button to answer by. */
export interface QuickReplyInput {
  /** What the button says. */
  title: string;
  /** What comes back when it is pressed. */
  payload?: string | undefined;
}

/** What became of a message that was sent. */
export interface MessageResult {
  /** The message's number. */
  messageId?: number | null;
  /** Where it stands: `queued` and others. */
  status?: string | null;
}

/** A message of a contact's conversation. */
export interface Message {
  /** The message's number. */
  messageId?: number | null;
  /** The number of the contact. */
  contactId?: number | null;
  /** The number of the channel. */
  channelId?: number | null;
  /** Which way it went. */
  traffic?: 'incoming' | 'outgoing' | (string & {}) | null;
  /** What it says. */
  message?: MessageContent | null;
  /** When it was sent, in Unix seconds. */
  timestamp?: number | null;
  /** Where it stands: sent, delivered, read or failed. */
  status?: string | null;
}

/** What a message says. */
export interface MessageContent {
  /** What the message is. */
  type: 'text' | 'attachment' | 'quick_reply' | 'whatsapp_template' | (string & {});
  /** The body of a text and of a quick reply. */
  text?: string | null;
  /** The file of an attachment. */
  attachment?: Attachment | null;
  /** The buttons of a quick reply. */
  quickReplies?: QuickReply[] | null;
  /** The WhatsApp template: its `name`, `languageCode` and `components`. */
  template?: JsonObject | null;
}

/** A picture, a video, a sound or a file, by its address. */
export interface Attachment {
  /** What it is. */
  type?: 'image' | 'video' | 'audio' | 'file' | (string & {}) | null;
  /** Where it is fetched from. */
  url?: string | null;
}

/** A button to answer by. */
export interface QuickReply {
  /** What the button says. */
  title?: string | null;
  /** What comes back when it is pressed. */
  payload?: string | null;
}

/** A conversation's new status. */
export type ConversationUpdate =
  | {
      /** Whether it is to be open. */
      status: 'open';
    }
  | {
      /** Whether it is to be open. */
      status: 'close';
      /** The number of a closing note; it goes with `close` only. */
      closingNoteId?: number | undefined;
    };

/** A contact's conversation with the workspace. */
export interface Conversation {
  /** The number of the contact. */
  contactId?: number | null;
  /** Whether it is open. */
  status?: 'open' | 'close' | (string & {}) | null;
  /** The user who looks after it, or null. */
  assignee?: string | null;
  /** When it was last opened, in Unix seconds. */
  opened?: number | null;
  /** When it was last closed, in Unix seconds, or null. */
  closed?: number | null;
}

/** Who looks after a contact's conversation. */
export interface Assignment {
  /** The user's identifier, `email:agent@example.com`, or null for nobody. */
  assignee: UserIdentifier | null;
}

/** An internal comment, not shown to the contact. */
export interface Comment {
  /** The comment; `@[email]` mentions a user. */
  text: string;
}

/** A tag of the workspace. */
export interface TagInput {
  /** The tag's number. */
  id?: number | undefined;
  /** The tag's name. */
  name: string;
}

/** A tag of the workspace. */
export interface Tag {
  /** The tag's number. */
  id?: number | null;
  /** The tag's name. */
  name: string;
}

/** A custom field of the workspace. */
export interface CustomField {
  /** The field's number. */
  id?: number | null;
  /** The name under which contacts carry their value. */
  name?: string | null;
  /** What its values are. */
  type?: 'text' | 'number' | 'date' | 'list' | 'checkbox' | 'url' | (string & {}) | null;
  /** The allowed values of a list. */
  options?: string[] | null;
}

/** A custom field of the workspace. */
export interface CustomFieldInput {
  /** The field's number. */
  id?: number | undefined;
  /** The name under which contacts carry their value. */
  name: string;
  /** What its values are. */
  type: 'text' | 'number' | 'date' | 'list' | 'checkbox' | 'url';
  /** The allowed values of a list. */
  options?: readonly string[] | undefined;
}

/** How a client is made. */
export interface RespondIOOptions {
  /** The token of the Developer API. */
  apiToken: string;
  /** Where the service is; `https://api.respond.io/v2` where it is left out. */
  baseUrl?: string;
  /** How long a try may take, in milliseconds; 30,000 where it is left out, 0 for no bound. */
  timeout?: number;
  /** How many more tries follow a failed one; 2 where it is left out. */
  maxRetries?: number;
}

/** The Rust client, exported as it is: an async method an operation. */
export class RespondIO {
  /** Makes a client; nothing is sent yet. */
  constructor(options: RespondIOOptions);
  /** Frees the client's memory in the module. */
  free(): void;
  /**
   * Creates a contact.
   *
   * Calls `POST /contact`.
   */
  createContact(contact: ContactCreate): Promise<Contact>;
  /**
   * Creates the contact that the identifier names, or updates it where it exists.
   *
   * Calls `POST /contact/create_or_update/{identifier}`.
   */
  createOrUpdateContact(identifier: Identifier, contact: ContactCreate): Promise<Contact>;
  /**
   * Fetches one page of the workspace's contacts.
   *
   * Calls `GET /contact/list`.
   */
  listContacts(query: ContactListQuery): Promise<ContactPage>;
  /**
   * Fetches one contact.
   *
   * Calls `GET /contact/{identifier}`.
   */
  getContact(identifier: Identifier): Promise<Contact>;
  /**
   * Changes fields of a contact; those left out stay as they are.
   *
   * Calls `PUT /contact/{identifier}`.
   */
  updateContact(identifier: Identifier, contact: ContactCreate): Promise<Contact>;
  /**
   * Deletes a contact for good.
   *
   * Calls `DELETE /contact/{identifier}`.
   */
  deleteContact(identifier: Identifier): Promise<void>;
  /**
   * Merges the secondary contact into the primary, with its conversations, tags and fields.
   *
   * Calls `POST /contact/merge`.
   */
  mergeContacts(contacts: ContactMerge): Promise<Contact>;
  /**
   * Puts tags on a contact. It adds to those that are there, so that doing it twice is the same as once.
   *
   * Calls `POST /contact/{identifier}/tag`.
   */
  addContactTags(identifier: Identifier, tags: readonly string[]): Promise<void>;
  /**
   * Takes tags off a contact.
   *
   * Calls `DELETE /contact/{identifier}/tag`.
   */
  removeContactTags(identifier: Identifier, tags: readonly string[]): Promise<void>;
  /**
   * Lists the channels that reach a contact.
   *
   * Calls `GET /contact/{identifier}/channel`.
   */
  listContactChannels(identifier: Identifier): Promise<Channel[]>;
  /**
   * Sends a message over a channel, the last one used where none is named.
   *
   * It is never sent a second time where the first may have arrived.
   *
   * Calls `POST /contact/{identifier}/message`.
   */
  sendMessage(identifier: Identifier, message: MessageSend): Promise<MessageResult>;
  /**
   * Fetches one message of a contact's conversation.
   *
   * Calls `GET /contact/{identifier}/message/{messageId}`.
   */
  getMessage(identifier: Identifier, messageId: number): Promise<Message>;
  /**
   * Opens or closes a contact's conversation.
   *
   * Calls `POST /contact/{identifier}/conversation`.
   */
  updateConversationStatus(identifier: Identifier, conversation: ConversationUpdate): Promise<Conversation>;
  /**
   * Assigns a user, human or AI agent, or unassigns with null.
   *
   * Calls `POST /contact/{identifier}/conversation/assignee`.
   */
  assignConversation(identifier: Identifier, assignment: Assignment): Promise<void>;
  /**
   * Writes an internal comment, not shown to the contact.
   *
   * Calls `POST /contact/{identifier}/comment`.
   */
  createComment(identifier: Identifier, comment: Comment): Promise<void>;
  /**
   * Creates a workspace tag.
   *
   * Calls `POST /tag`.
   */
  createTag(tag: TagInput): Promise<Tag>;
  /**
   * Changes a workspace tag.
   *
   * Calls `PUT /tag/{tagId}`.
   */
  updateTag(tagId: number, tag: TagInput): Promise<void>;
  /**
   * Deletes a workspace tag.
   *
   * Calls `DELETE /tag/{tagId}`.
   */
  deleteTag(tagId: number): Promise<void>;
  /**
   * Lists every custom field of the workspace.
   *
   * Calls `GET /custom_field`.
   */
  listCustomFields(): Promise<CustomField[]>;
  /**
   * Creates a custom field.
   *
   * Calls `POST /custom_field`.
   */
  createCustomField(field: CustomFieldInput): Promise<CustomField>;
}
