export {
  AbortError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  DecodeError,
  type ErrorDetails,
  InternalError,
  NotFoundError,
  type Outcome,
  PermissionError,
  RateLimitError,
  RespondIOError,
  ServerError,
  StatusError,
  TimeoutError,
  ValidationError,
} from '../errors.js';
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
export type { Rule } from '../generated/operations.js';
export type {
  CallEvent,
  Hooks,
  Logger,
  LogLevel,
  MismatchEvent,
  RateLimitEvent,
  ResponseEvent,
  RetryEvent,
} from '../hooks.js';
export type { BucketOperation, BucketStats, RateLimitOptions } from '../limiter.js';
export type {
  CallOptions,
  ClientOptions,
  ClientOptions as RespondIOConfig,
  Fetch,
  ResponseValidation,
} from '../options.js';
export type { Page, PagePromise } from '../page.js';
export type { ApiPromise, WithResponse } from '../promise.js';
export type { ClientStats, Counts } from '../stats.js';
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
