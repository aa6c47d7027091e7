import { drain, type ReadBody, readBody } from './body.js';
import type { TryBounds } from './bounds.js';
import { checkToken } from './configure.js';
import { APPLIED, type CallContext, NOT_SENT, REJECTED, UNKNOWN } from './context.js';
import { BODY_LOST, LOST, NEVER_LEFT } from './engine.js';
import { AbortError, ConnectionError, RespondIOError, TimeoutError, ValidationError } from './errors.js';
import type { Turn } from './limiter.js';
import { runtime } from './runtime.js';
import { now, TooSlow } from './time.js';

/** A request, but for base URL and headers. */
export interface Request {
  target: string;
  body: string | undefined;
}

/** An answer that was read. */
export interface Answered {
  response: Response;
  body: ReadBody;
}

/** A try without an answer. */
export interface Lost {
  /** `LOST`, `NEVER_LEFT` or `BODY_LOST`. */
  failure: number;
  /** The error, once the call gives up. */
  error: () => RespondIOError;
}

/** How many bytes of an error's body are read. */
const ERROR_BODY_BYTES = 64 * 1024;

/** One try: sends the request within the time that it may take, tells limiter and hooks, and reads the answer. */
export async function exchange(
  context: CallContext,
  request: Request,
  turn: Turn | undefined,
): Promise<Answered | Lost> {
  const attempt = context.attempts + 1;
  context.status = context.sentAt = undefined;
  let bounds: TryBounds | undefined;
  try {
    bounds = context.bounds();
    return await send(context, request, turn, bounds);
  } catch (thrown) {
    const cause = context.reason(thrown, bounds);
    const lost = classify(context, cause);
    if (cause instanceof AbortError) turn?.abandoned();
    else turn?.lost(lost?.failure !== NEVER_LEFT);
    if (!lost) throw cause;
    return lost;
  } finally {
    bounds?.close();
    const { status, sentAt } = context;
    if (sentAt !== undefined) context.tell('onResponse', { attempt, status, durationMs: now() - sentAt });
  }
}

async function send(
  context: CallContext,
  { target, body }: Request,
  turn: Turn | undefined,
  bounds: TryBounds,
): Promise<Answered> {
  const { config, row, options } = context;
  const headers: Record<string, string> = { ...options.headers, accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const { token } = config;
  if (token) {
    context.secret = typeof token === 'string' ? token : await currentToken(context, token, bounds);
    headers.authorization = `Bearer ${context.secret}`;
  }
  const init: RequestInit = { method: row[1], headers, redirect: 'manual', signal: bounds.signal };
  if (body !== undefined) init.body = body;
  // Called unbound: a method call would hand the client to the runtime's fetch as `this`.
  const fetch = config.fetch ?? (row[3] || options.retryUnsafe ? globalThis.fetch : runtime.fetchOnce);
  beforeSending(context, turn, bounds);
  const response = await bounds.wait(fetch(config.baseUrl + target, init));
  onHeaders(context, turn, response);
  // Another fetch may give a stream that only looks like the runtime's own.
  const chunksOf = config.fetch ? undefined : runtime.chunksOf;
  if (!response.ok) {
    // A body that is lost may not turn one error into another.
    const bytes = await readBody(response, ERROR_BODY_BYTES, bounds, true, chunksOf).catch(() => undefined);
    if (options.signal?.aborted) throw context.aborted();
    return { response, body: bytes };
  }
  if (row[2]) return { response, body: await readBody(response, config.maxResponseBytes, bounds, false, chunksOf) };
  // Nobody decodes this body, so nothing of it may turn a success into an error.
  drain(response, ERROR_BODY_BYTES);
  return { response, body: undefined };
}

function beforeSending(context: CallContext, turn: Turn | undefined, bounds: TryBounds): void {
  const { reporter, counts } = context.config;
  const attempt = context.attempts + 1;
  context.sentAt = now();
  context.tell('onRequest', { attempt });
  reporter.log('debug', () => `${context.row[0]}: try ${attempt}`);
  // A hook may abort, and a token may have taken its time.
  if (bounds.over) throw bounds.over;
  context.checkTime();
  turn?.sent();
  context.attempts = attempt;
  counts.requests += 1;
  if (attempt > 1) counts.retries += 1;
  context.current = UNKNOWN;
}

function onHeaders(context: CallContext, turn: Turn | undefined, response: Response): void {
  // A network error in the form of a response says nothing of what the service did.
  if (response.type === 'error') throw new TypeError('the response is a network error');
  const { ok, status } = response;
  context.status = status;
  if (ok) context.acted = status;
  context.current = ok ? APPLIED : outcomeOf(status);
  if (status === 429) context.config.counts.rateLimited += 1;
  turn?.answered(response);
}

/** What a status other than 2xx says by itself, as the engine has it, too: for a call that ends while its body is read. */
function outcomeOf(status: number): number {
  return status === 408 || (status >= 500 && status < 600) ? UNKNOWN : REJECTED;
}

/** What is known of a try that threw; undefined where the call ends with what was thrown. */
function classify(context: CallContext, cause: unknown): Lost | undefined {
  const { config, current, row } = context;
  if (cause instanceof RespondIOError) return undefined;
  const neverLeft = current === NOT_SENT || (!config.fetch && current === UNKNOWN && runtime.neverLeft(cause, row[1]));
  const failure = current === APPLIED ? BODY_LOST : neverLeft ? NEVER_LEFT : LOST;
  const [Class, said] =
    cause instanceof TooSlow ? [TimeoutError, cause.message] : [ConnectionError, 'lost its connection'];
  return { failure, error: () => context.failed(Class, said, cause) };
}

async function currentToken(
  context: CallContext,
  token: () => string | Promise<string>,
  bounds: TryBounds,
): Promise<string> {
  try {
    return checkToken(await bounds.wait(token()));
  } catch (cause) {
    if (bounds.over) throw cause;
    if (context.attempts > 0) {
      // Something was sent already, which a ValidationError would deny.
      throw context.failed(ConnectionError, 'could not be repeated: apiToken gave no token', cause);
    }
    const message = `${context.row[0]}: apiToken gave no token that can be sent`;
    throw new ValidationError(message, 'apiToken', 'option', context.details({ cause }));
  }
}
