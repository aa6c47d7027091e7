import { EVENT_TYPES } from '../generated/events.js';
import { checkFunction, checkNames, fail, integer } from '../option.js';
import { MemoryDedupe } from './dedupe.js';
import type { VerifyOptions, WebhookHandlerOptions } from './types.js';

/** Options of {@link VerifyOptions} that are checked and complete. */
export interface VerifySettings {
  keys: () => Promise<readonly string[]>;
  acceptReserialized: boolean;
  maxBodyBytes: number;
  stallTimeout: number;
  bodyTimeout: number;
}

const OF_VERIFY = ['keys', 'acceptReserialized', 'maxBodyBytes', 'stallTimeout', 'bodyTimeout'];
const OF_EVENTS = ['onUnknown', 'onTest', 'onAny', 'waitUntil'] as const;
const OF_HANDLER = [...OF_VERIFY, 'on', ...OF_EVENTS, 'enqueue', 'dedupe', 'dedupeTtlMs', 'onError'];
const DAY_MS = 86_400_000;

/** Checks the options of a verification and completes them. */
export function checkVerify(options: VerifyOptions, known: readonly string[] = OF_VERIFY): VerifySettings {
  checkNames(options, known);
  const { keys, acceptReserialized = false } = options;
  // Given now, they are checked now.
  const given = typeof keys === 'function' ? undefined : listOf(keys);
  if (typeof acceptReserialized !== 'boolean') fail('acceptReserialized', 'must be true or false');
  return {
    keys: async () => given ?? listOf(await (keys as () => unknown)()),
    acceptReserialized,
    maxBodyBytes: integer('maxBodyBytes', options.maxBodyBytes, 1024 * 1024),
    stallTimeout: integer('stallTimeout', options.stallTimeout, 10_000),
    bodyTimeout: integer('bodyTimeout', options.bodyTimeout, 30_000),
  };
}

function listOf(keys: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(keys) ? keys : [keys];
  // An empty key, such as that of a variable that is not set, would let everybody sign.
  if (!list.length || !list.every((key) => typeof key === 'string' && key)) {
    fail('keys', "must be a webhook's signing key, an array of them or a function that gives them, none of them empty");
  }
  return [...list] as string[];
}

/** Options of {@link WebhookHandlerOptions} that are checked and complete. */
export type HandlerSettings = ReturnType<typeof checkHandler>;

/** Checks the options of a handler and completes them. */
export function checkHandler(options: WebhookHandlerOptions) {
  const verify = checkVerify(options, OF_HANDLER);
  const { on = {}, enqueue, dedupe = new MemoryDedupe() } = options;
  checkNames(on, EVENT_TYPES, 'on.');
  for (const [type, handler] of Object.entries(on)) checkFunction(`on.${type}`, handler);
  for (const name of [...OF_EVENTS, 'enqueue', 'onError'] as const) checkFunction(name, options[name]);
  const other = enqueue && (['on', ...OF_EVENTS] as const).find((name) => options[name]);
  if (other)
    fail('enqueue', `is not for a handler with ${other}: handle the event here, or where it is taken off the queue`);
  if (dedupe !== false) {
    checkFunction('dedupe.claim', Object(dedupe).claim ?? null);
    checkFunction('dedupe.release', Object(dedupe).release ?? null);
  }
  return { ...options, verify, on, dedupe, dedupeTtlMs: integer('dedupeTtlMs', options.dedupeTtlMs, DAY_MS) };
}
