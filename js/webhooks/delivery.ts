import { isDeep } from '../body.js';
import { EVENT_TYPES } from '../generated/events.js';
import { WebhookError } from './error.js';
import type { KnownEvent, TestEvent, UnknownEvent, WebhookDelivery } from './types.js';

/** A longer id is not kept: its signature, which tells the event apart as well, stands for it. */
const MAX_ID_LENGTH = 256;

/** What a body says; undefined where it is no JSON in UTF-8, or is nested too deeply for anyone to print. */
export function parse(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isDeep(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The delivery that a body makes, told apart by what it says. */
export function deliveryOf(value: unknown, signature: string): WebhookDelivery {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new WebhookError('the body must be a JSON object in UTF-8, at most 100 levels deep', 'body');
  }
  const event = value as TestEvent;
  const { event_type: type, event_id: id } = event;
  const isId = typeof id === 'string' && id !== '' && id.length <= MAX_ID_LENGTH;
  const common = { id: isId ? id : signature, isEcho: false } as const;
  if (typeof type !== 'string') return { kind: 'test', event, ...common };
  if (!(EVENT_TYPES as readonly string[]).includes(type)) {
    return { kind: 'unknown', event: event as UnknownEvent, ...common };
  }
  return { kind: 'event', event: value as KnownEvent, id: common.id, isEcho: type === 'message.sent' };
}
