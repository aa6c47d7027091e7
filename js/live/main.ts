export * from '../exports.js';
export type * from '../generated/live/models.js';
export type {
  Comments,
  Contacts,
  Conversations,
  Messaging,
  Resources,
  Space,
} from '../generated/live/resources.js';
export type { Identifier, JsonObject } from '../generated/models.js';
export type { ClientOptions as RespondIOConfig } from '../options.js';
export { RespondIO, RespondIO as default, ready } from './client.js';
export type { RateLimitInfo, Reason } from './errors.js';
export { all, any, type FilterValues, type ValueOf, where } from './filter.js';
export type {
  AssignConversationRequest,
  AttachmentMessage,
  AttachmentType,
  ChannelSource,
  ContactActionResponse,
  ContactChannel,
  ContactIdentifier,
  ConversationStatus,
  ConversationStatusRequest,
  CreateCommentRequest,
  CreateCommentResponse,
  CreateCustomFieldRequest,
  CreateSpaceTagRequest,
  CustomFieldDataType,
  CustomPayloadMessage,
  DeleteSpaceTagRequest,
  EmailAttachment,
  EmailMessage,
  FilterCategory,
  FilterOperator,
  GetMessageResponse,
  MergeContactsRequest,
  Message,
  MessageStatusEntry,
  MessageStatusValue,
  MessageTraffic,
  PaginationParams,
  PaginationResponse,
  QuickReplyMessage,
  SendMessageRequest,
  SendMessageResponse,
  SpaceChannel,
  TemplateButton,
  TemplateComponent,
  TemplateParameter,
  TextMessage,
  UpdateContactLifecycleRequest,
  UpdateSpaceTagRequest,
  UserRole,
  WhatsAppTemplate,
  WhatsAppTemplateMessage,
} from './names.js';
