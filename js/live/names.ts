// The names that the types have in the vendor's SDK, where they differ from those of the models.

import type * as models from '../generated/live/models.js';
import type { Identifier, JsonObject } from '../generated/models.js';

/** Which contact. */
export type ContactIdentifier = Extract<Identifier, string>;
/** Which page of a list to fetch. */
export type PaginationParams = models.PageQuery;
/** Where the pages beside one are. */
export type PaginationResponse = models.Pagination;
/** The contact on which something was done. */
export type ContactActionResponse = models.ContactAction;
/** How a condition compares. */
export type FilterOperator = models.FilterCondition['operator'];
/** What a condition looks at. */
export type FilterCategory = models.FilterCondition['category'];
/** A contact's new lifecycle stage. */
export type UpdateContactLifecycleRequest = models.Lifecycle;
/** Two contacts to be made one. */
export type MergeContactsRequest = models.ContactMerge;
/** Where a channel leads. */
export type ChannelSource = models.Channel['source'];
/** A channel that reaches a contact. */
export type ContactChannel = models.Channel;
/** Whether a conversation is open. */
export type ConversationStatus = models.ConversationUpdate['status'];
/** Whom a conversation is assigned to. */
export type AssignConversationRequest = models.Assignment;
/** A conversation's new status. */
export type ConversationStatusRequest = models.ConversationUpdate;
/** A comment to write. */
export type CreateCommentRequest = models.Comment;
/** A comment that was written. */
export type CreateCommentResponse = models.CommentResult;
/** Which way a message went. */
export type MessageTraffic = models.Message['traffic'];
/** How far a message may come. */
export type MessageStatusValue = models.MessageStatus['value'];
/** How far a message has come. */
export type MessageStatusEntry = models.MessageStatus;
/** What a message to send says. */
export type Message = models.MessageContentInput;
/** A text. */
export type TextMessage = Extract<Message, { type: 'text' }>;
/** A picture, a video, a sound or a file. */
export type AttachmentMessage = Extract<Message, { type: 'attachment' }>;
/** What the channel understands. */
export type CustomPayloadMessage = Extract<Message, { type: 'custom_payload' }>;
/** A title with replies to choose from. */
export type QuickReplyMessage = Extract<Message, { type: 'quick_reply' }>;
/** An email. */
export type EmailMessage = Extract<Message, { type: 'email' }>;
/** A WhatsApp template. */
export type WhatsAppTemplateMessage = Extract<Message, { type: 'whatsapp_template' }>;
/** What an attachment is. */
export type AttachmentType = models.AttachmentInput['type'];
/** A file of an email. */
export type EmailAttachment = models.EmailAttachmentInput;
/** A part of a WhatsApp template. */
export type TemplateComponent = models.TemplateComponentInput;
/** What goes into a template. */
export type TemplateParameter = JsonObject;
/** A button of a template. */
export type TemplateButton = JsonObject;
/** A message to send. */
export type SendMessageRequest = models.MessageSend;
/** A message that was sent. */
export type SendMessageResponse = models.MessageResult;
/** A message of a contact's conversation. */
export type GetMessageResponse = models.Message;
/** What a user may do. */
export type UserRole = models.SpaceUser['role'];
/** What the values of a custom field are. */
export type CustomFieldDataType = models.CustomFieldCreate['dataType'];
/** A custom field to create. */
export type CreateCustomFieldRequest = models.CustomFieldCreate;
/** A channel of the workspace. */
export type SpaceChannel = models.Channel;
/** A WhatsApp template of a channel. */
export type WhatsAppTemplate = models.Template;
/** A tag to create. */
export type CreateSpaceTagRequest = models.SpaceTagCreate;
/** What is to change of a tag. */
export type UpdateSpaceTagRequest = models.SpaceTagUpdate;
/** The tag to delete. */
export type DeleteSpaceTagRequest = models.SpaceTagName;
