export { RespondIO } from './client.js';
export * from './exports.js';
export type * from './generated/models.js';
export type {
  Comments,
  Contacts,
  Conversations,
  CustomFields,
  Messaging,
  Resources,
  Tags,
} from './generated/resources.js';
export { ready } from './ready.js';
