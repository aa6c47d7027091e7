// What every client entry exports beside its client and its models.

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
} from './errors.js';
export type { Rule } from './generated/operations.js';
export type {
  CallEvent,
  Hooks,
  Logger,
  LogLevel,
  MismatchEvent,
  RateLimitEvent,
  ResponseEvent,
  RetryEvent,
} from './hooks.js';
export type { BucketOperation, BucketStats, RateLimitOptions } from './limiter.js';
export type { CallOptions, ClientOptions, Fetch, ResponseValidation } from './options.js';
export type { Page, PagePromise } from './page.js';
export type { ApiPromise, WithResponse } from './promise.js';
export type { ClientStats, Counts } from './stats.js';
