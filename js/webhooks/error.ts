import { RespondIOError } from '../errors.js';

const STATUSES = {
  method: 405,
  signature_missing: 401,
  signature_malformed: 401,
  signature_mismatch: 401,
  too_large: 413,
  stalled: 408,
  body: 400,
  body_used: 500,
} as const;

/**
 * Why a delivery was refused: it is no POST; its signature is missing, is no base64 of 32 bytes, or is not that of the
 * body; its body is too large, does not come, or is no JSON object in UTF-8; or the program has read the body before.
 */
export type WebhookErrorReason = keyof typeof STATUSES;

/**
 * A delivery that was refused. Neither its message nor anything else of it holds a key, the body or the signature.
 *
 * @example
 * ```ts
 * const request = new Request('https://example.com/webhook', { method: 'POST', body: '{}' });
 * try {
 *   await verifyWebhook(request, { keys: 'the signing key' });
 * } catch (error) {
 *   if (error instanceof WebhookError) console.log(error.status, error.reason); // 401 signature_missing
 * }
 * ```
 */
export class WebhookError extends RespondIOError {
  override readonly name = 'WebhookError';
  /** Why it was refused. */
  override readonly reason: WebhookErrorReason;
  /** The HTTP status to answer with. */
  readonly status: number;

  /** Makes an error that says `message` of a delivery that is refused for `reason`. */
  constructor(message: string, reason: WebhookErrorReason, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
    this.status = STATUSES[reason];
  }
}
