import type { Outcome } from '../errors.js';
import type { ProxyErrorBody, ProxyErrorCode } from './types.js';

/** An answer on its way to the page. */
export interface Reply {
  status: number;
  /** JSON; undefined for an answer without a body. */
  body: string | undefined;
  /** Whether the service has acted. */
  outcome: Outcome;
  headers: Record<string, string>;
}

/** What is said beside the message. */
export interface RefusalDetails {
  outcome?: Outcome;
  path?: string;
  headers?: Record<string, string>;
}

/** Ends a request with an answer other than 2xx. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ProxyErrorCode;
  readonly reply: Reply;

  /** Refuses with a status and a code; nothing was sent, unless the details say otherwise. */
  constructor(status: number, code: ProxyErrorCode, message: string, details: RefusalDetails = {}) {
    super(message);
    this.code = code;
    const { outcome = 'not_sent', path, headers = {} } = details;
    const body: ProxyErrorBody = { code, message, status, outcome, ...(path && { path }) };
    this.reply = { status, body: JSON.stringify(body), outcome, headers };
  }
}
