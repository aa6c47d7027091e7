import { NOT_IDEMPOTENT } from '../generated/once.js';
import { discard } from '../linger.js';
import { checkHandler, type HandlerSettings } from './check.js';
import { WebhookError } from './error.js';
import { Once } from './once.js';
import type { KnownEvent, WebhookContext, WebhookDelivery, WebhookHandler, WebhookHandlerOptions } from './types.js';
import { isRequest, verify } from './verify.js';

/**
 * Makes a function that answers a webhook's requests: what is no delivery with its status, an event that was there
 * already with 200, and each other one with what came of it.
 *
 * With `enqueue` it answers 200 once that is done, else 503. Without it, your functions run after the answer where
 * there is a `waitUntil`, and before it elsewhere: 200, or 500 where one has thrown. A call of the client that has failed
 * and may have sent a message all the same is told to `onError` alone, since the event must not come again. Make the
 * handler once, not for each request: it remembers the events.
 *
 * @throws {@link ValidationError} where the options are wrong.
 * @example
 * ```ts
 * const handler = createWebhookHandler({
 *   keys: 'the signing key',
 *   on: { 'message.received': (event) => console.log(event.contact?.firstName, event.message?.message) },
 * });
 * await handler(new Request('https://example.com/webhook', { method: 'POST', body: '{}' }));
 * ```
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  const settings = checkHandler(options);
  const once = settings.dedupe ? new Once(settings.dedupe, settings.dedupeTtlMs) : undefined;
  const answer: WebhookHandler = async (request, context) => {
    let delivery: WebhookDelivery | undefined;
    try {
      delivery = await verify(request, settings.verify);
      await receive(delivery, request, waiter(context, settings), settings, once);
      return new Response('ok');
    } catch (error) {
      return refusal(error, delivery, settings);
    } finally {
      if (isRequest(request)) discard(request);
    }
  };
  return async (request, context) => {
    const answered = answer(request, context);
    // A Worker drops a request whose sender hangs up, and an event with it that is claimed and not yet safe.
    try {
      keeper(context)?.(answered.then(() => {}));
    } catch {
      // A context that is none any more, for example: the answer comes all the same.
    }
    return answered;
  };
}

/** How many causes of an error are looked at; a circle of them has no end. */
const MAX_CAUSES = 10;

type WaitUntil = (promise: Promise<void>) => unknown;
type Handle<Event> = (event: Event, context: WebhookContext) => unknown;

/** What keeps the program alive after the answer, where there is anything and the answer need not wait. */
function waiter(context: unknown, { enqueue, waitUntil }: HandlerSettings): WaitUntil | undefined {
  return enqueue ? undefined : (keeper(context) ?? waitUntil);
}

/** The `waitUntil` of a Worker's context. */
function keeper(context: unknown): WaitUntil | undefined {
  const given = Object(context) as { waitUntil: WaitUntil };
  return typeof given.waitUntil === 'function' ? (promise) => given.waitUntil(promise) : undefined;
}

/** Does what is to be done with a delivery, or has it done after the answer. */
async function receive(
  delivery: WebhookDelivery,
  request: Request,
  waitUntil: WaitUntil | undefined,
  settings: HandlerSettings,
  once: Once | undefined,
): Promise<void> {
  const { kind, id, isEcho } = delivery;
  const guard = kind === 'test' ? undefined : once;
  const act = async () => {
    try {
      await dispatch(delivery, { kind, id, isEcho, request }, settings);
    } catch (error) {
      // Delivered again, the event would have a message sent twice.
      if (settings.enqueue || !mayBeDone(error)) throw error;
      await report(error, delivery, settings);
    }
  };
  const later = async () => {
    try {
      await act();
    } catch (error) {
      await guard?.forget(id);
      await report(error, delivery, settings);
    }
  };
  const work = waitUntil ? () => postpone(later, waitUntil) : act;
  await (guard ? guard.do(id, work) : work());
}

/** Begins when it is sure that the program stays alive: where `waitUntil` throws, the delivery comes again. */
function postpone(work: () => Promise<void>, waitUntil: WaitUntil): void {
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  waitUntil(begun.then(work));
  begin();
}

/**
 * Whether a call has failed that may all the same have done what must not be done twice. Its error may be the cause of
 * another one.
 */
function mayBeDone(error: unknown, depth = 0): boolean {
  const { operation, outcome, cause } = Object(error) as { operation?: string; outcome?: string; cause?: unknown };
  if (['unknown', 'applied'].includes(outcome ?? '') && NOT_IDEMPOTENT.includes(operation ?? '')) return true;
  return Boolean(cause) && depth < MAX_CAUSES && mayBeDone(cause, depth + 1);
}

/** Calls what the options have for a delivery. */
async function dispatch(delivery: WebhookDelivery, context: WebhookContext, settings: HandlerSettings): Promise<void> {
  const { on, onAny, onTest, onUnknown, enqueue } = settings;
  if (enqueue) return void (await enqueue(delivery.event, context));
  await onAny?.(delivery, context);
  if (delivery.kind === 'test') return void (await onTest?.(delivery.event, context));
  if (delivery.kind === 'unknown') return void (await onUnknown?.(delivery.event, context));
  const handle = on[delivery.event.event_type] as Handle<KnownEvent> | undefined;
  await handle?.(delivery.event, context);
}

/** The answer to a delivery that was refused, or of which nothing came. */
async function refusal(
  error: unknown,
  delivery: WebhookDelivery | undefined,
  settings: HandlerSettings,
): Promise<Response> {
  const refused = !delivery && error instanceof WebhookError ? error : undefined;
  if (refused && refused.status < 500) return text(refused.status, refused.message);
  await report(error, delivery, settings);
  return text(settings.enqueue ? 503 : 500, 'failed; deliver it again');
}

function text(status: number, message: string): Response {
  return new Response(message, { status, headers: status === 405 ? { allow: 'POST' } : {} });
}

/** Tells the program of what its own functions threw. */
async function report(
  error: unknown,
  delivery: WebhookDelivery | undefined,
  { onError }: HandlerSettings,
): Promise<void> {
  try {
    if (onError) return void (await onError(error, delivery));
    // What has another kind of type is a test, which may say anything.
    const type = delivery?.kind === 'test' ? 'test' : delivery?.event.event_type;
    console.error('respond-io-wasm: a webhook failed; set onError to see why', type, delivery?.id);
  } catch {
    // Nobody is left to be told.
  }
}
