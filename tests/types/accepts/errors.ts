// What is known of an error, by its class.
import {
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
  type Rule,
  ServerError,
  StatusError,
  TimeoutError,
  ValidationError,
} from 'respond-io-wasm';
import { exactly } from '../exact.js';

declare const error: unknown;

if (error instanceof RespondIOError) {
  exactly<string | undefined>()(error.operation);
  exactly<number | undefined>()(error.statusCode);
  exactly<string | undefined>()(error.serverMessage);
  exactly<unknown>()(error.body);
  exactly<number>()(error.attempts);
  exactly<Outcome>()(error.outcome);
  exactly<string>()(error.message);
  exactly<unknown>()(error.cause);
}
if (error instanceof BadRequestError) exactly<'BadRequestError'>()(error.name);
if (error instanceof AuthenticationError) exactly<'AuthenticationError'>()(error.name);
if (error instanceof PermissionError) exactly<'PermissionError'>()(error.name);
if (error instanceof NotFoundError) exactly<'NotFoundError'>()(error.name);
if (error instanceof ConflictError) exactly<'ConflictError'>()(error.name);
if (error instanceof RateLimitError) exactly<'RateLimitError'>()(error.name);
if (error instanceof RateLimitError) exactly<number | undefined>()(error.retryAfter);
if (error instanceof ServerError) exactly<'ServerError'>()(error.name);
if (error instanceof StatusError) exactly<'StatusError'>()(error.name);
if (error instanceof ConnectionError) exactly<'ConnectionError'>()(error.name);
if (error instanceof TimeoutError) exactly<'TimeoutError'>()(error.name);
if (error instanceof AbortError) exactly<'AbortError'>()(error.name);
if (error instanceof DecodeError) exactly<'DecodeError'>()(error.name);
if (error instanceof DecodeError) exactly<string>()(error.path);
if (error instanceof DecodeError) exactly<Rule>()(error.rule);
if (error instanceof ValidationError) exactly<'ValidationError'>()(error.name);
if (error instanceof ValidationError) exactly<string>()(error.path);
if (error instanceof ValidationError) exactly<Rule | 'option'>()(error.rule);
if (error instanceof InternalError) exactly<'InternalError'>()(error.name);

exactly<'not_sent' | 'rejected' | 'unknown' | 'applied'>()(null as unknown as Outcome);

export const details: ErrorDetails = {
  operation: 'getContact',
  statusCode: 404,
  attempts: 1,
  outcome: 'rejected',
  cause: error,
};
export const base: RespondIOError = new NotFoundError('no such contact', details);
export const native: Error = base;
