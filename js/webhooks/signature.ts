import { WebhookError } from './error.js';

const HEADER = 'X-Webhook-Signature';
const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' };
/** 32 bytes in base64. The last character carries four bits, so that each signature is written in one way alone. */
const BASE64 = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/** The signature that a request carries, as it is written. */
export function signatureOf({ headers }: Request): string {
  const text = headers.get(HEADER);
  if (text === null) throw new WebhookError(`the header ${HEADER} is missing`, 'signature_missing');
  if (BASE64.test(text)) return text;
  const fault = text.includes(',') ? 'must be there once' : 'must be 32 bytes in base64, with its padding';
  throw new WebhookError(`the header ${HEADER} ${fault}`, 'signature_malformed');
}

/** Whether a signature is that of the bytes with one of the keys. */
export async function isSigned(bytes: BufferSource, signature: string, keys: readonly string[]): Promise<boolean> {
  const expected = Uint8Array.from(atob(signature), (character) => character.charCodeAt(0));
  for (const text of keys) {
    // Not kept: in a Worker no request may wait for the promise of another one.
    const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(text), ALGORITHM, false, ['verify']);
    if (await crypto.subtle.verify('HMAC', key, expected, bytes)) return true;
  }
  return false;
}
