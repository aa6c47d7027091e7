import type { OUTCOMES, Rule } from './generated/operations.js';

/**
 * What is known of a call that failed, over all its tries: `'not_sent'`, nothing left this machine; `'rejected'`, the
 * service refused and did not act; `'unknown'`, nobody here knows; `'applied'`, it acted, but its answer could not be
 * read.
 */
export type Outcome = (typeof OUTCOMES)[number];

/** What is known of a failed call. */
export interface ErrorDetails {
  /** Whether the service has acted; `'not_sent'` where it is left out. */
  outcome?: Outcome | undefined;
  /** The operation's id, `getContact`; undefined where a client could not be made. */
  operation?: string | undefined;
  /** The HTTP status, where there was a response. */
  statusCode?: number | undefined;
  /** What the service said in the body's `message`. */
  serverMessage?: string | undefined;
  /** The response's body: JSON where it is JSON, else text, of at most 64 KiB. */
  body?: unknown;
  /** How many requests were sent. */
  attempts?: number | undefined;
  /** What caused the error. */
  cause?: unknown;
}

/**
 * The base of every error of this package.
 *
 * @example
 * ```ts
 * try {
 *   await client.contacts.get('id:1');
 * } catch (error) {
 *   if (error instanceof NotFoundError) console.log(error.operation, error.statusCode);
 *   else throw error;
 * }
 * ```
 */
export class RespondIOError extends Error {
  override readonly name: string = 'RespondIOError';
  /** The operation's id, `getContact`; undefined where a client could not be made. */
  declare readonly operation: string | undefined;
  /** The HTTP status, where there was a response. */
  declare readonly statusCode: number | undefined;
  /** What the service said in the body's `message`. */
  declare readonly serverMessage: string | undefined;
  /** The response's body: JSON where it is JSON, else text, of at most 64 KiB. */
  declare readonly body: unknown;
  /** How many requests were sent; 0 where the call was refused before. */
  declare readonly attempts: number;
  /** Whether the service has acted: what decides on repeating a write. */
  declare readonly outcome: Outcome;

  /** Makes an error that says `message`. */
  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.operation = details.operation;
    this.statusCode = details.statusCode;
    this.serverMessage = details.serverMessage;
    this.body = details.body;
    this.attempts = details.attempts ?? 0;
    this.outcome = details.outcome ?? 'not_sent';
  }
}

/** 400: the service found the request malformed. */
export class BadRequestError extends RespondIOError {
  override readonly name = 'BadRequestError';
}

/** 401: the token is missing or wrong. */
export class AuthenticationError extends RespondIOError {
  override readonly name = 'AuthenticationError';
}

/** 403: the token may not do this. */
export class PermissionError extends RespondIOError {
  override readonly name = 'PermissionError';
}

/** 404: there is no such resource. */
export class NotFoundError extends RespondIOError {
  override readonly name = 'NotFoundError';
}

/** 409: the request is in conflict with what is there. */
export class ConflictError extends RespondIOError {
  override readonly name = 'ConflictError';
}

/**
 * 429: too many requests. The service did not act.
 *
 * Without a `statusCode` it comes from the client itself, whose queue is full or longer than the call may wait.
 */
export class RateLimitError extends RespondIOError {
  override readonly name = 'RateLimitError';
  /** After how many seconds to try again, where the service says so or the client knows. */
  declare readonly retryAfter: number | undefined;

  /** Makes an error that says `message`; `retryAfter` is in seconds. */
  constructor(message: string, details: ErrorDetails = {}, retryAfter?: number) {
    super(message, details);
    this.retryAfter = retryAfter;
  }
}

/** 5xx: the service failed. */
export class ServerError extends RespondIOError {
  override readonly name = 'ServerError';
}

/** Any other status, a 3xx included: redirects are not followed, since they could carry the token elsewhere. */
export class StatusError extends RespondIOError {
  override readonly name = 'StatusError';
}

/** The connection could not be made, or was lost. `cause` is what `fetch` threw. */
export class ConnectionError extends RespondIOError {
  override readonly name = 'ConnectionError';
}

/** A try took longer than its `timeout`, or the call longer than its `totalTimeout`, or a body stalled. */
export class TimeoutError extends RespondIOError {
  override readonly name = 'TimeoutError';
}

/** The caller's signal aborted the call. `cause` is the signal's reason. */
export class AbortError extends RespondIOError {
  override readonly name = 'AbortError';
}

/** The body of a 2xx could not be used. The service did act. */
export class DecodeError extends RespondIOError {
  override readonly name = 'DecodeError';
  /** Where in the body, as `items[3].id`; empty for the body itself. */
  declare readonly path: string;
  /** The rule that the body breaks. */
  declare readonly rule: Rule;

  /** Makes an error that says `message` of the value at `path`, which breaks `rule`. */
  constructor(message: string, path: string, rule: Rule, details: ErrorDetails = {}) {
    super(message, details);
    this.path = path;
    this.rule = rule;
  }
}

/** The arguments are wrong. Nothing was sent. */
export class ValidationError extends RespondIOError {
  override readonly name = 'ValidationError';
  /** Where in the arguments, as `contact.customFields[0].name`. */
  declare readonly path: string;
  /** The rule that the arguments break. */
  declare readonly rule: Rule | 'option';

  /** Makes an error that says `message` of the argument at `path`, which breaks `rule`. */
  constructor(message: string, path: string, rule: Rule | 'option', details: ErrorDetails = {}) {
    super(message, details);
    this.path = path;
    this.rule = rule;
  }
}

/** A mistake of this package: please report it. */
export class InternalError extends RespondIOError {
  override readonly name = 'InternalError';
}

const STATUS_CLASSES: Readonly<Record<number, typeof RespondIOError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
};

/** The error that a status other than 2xx stands for; `retryAfter` is in milliseconds, negative where there is none. */
export function statusError(message: string, details: ErrorDetails, retryAfter: number): RespondIOError {
  const status = details.statusCode ?? 0;
  if (status === 429) return new RateLimitError(message, details, retryAfter < 0 ? undefined : retryAfter / 1000);
  const Class = STATUS_CLASSES[status] ?? (status >= 500 && status < 600 ? ServerError : StatusError);
  return new Class(message, details);
}
