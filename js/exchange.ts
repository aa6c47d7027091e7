import { drain, type ReadBody, readBody } from './body.js';
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
  let status: number | undefined;
  let sentAt: number | undefined;
  const { reporter, counts } = context.config;
  const attempt = context.attempts + 1;
  const beforeSending = (signal: AbortSignal) => {
    sentAt = now();
    reporter.tell('onRequest', { ...context.event(), attempt });
    reporter.log('debug', () => `${context.row[0]}: try ${attempt}`);
    // A hook may abort, and a token may have taken its time.
    signal.throwIfAborted();
    context.checkTime();
    turn?.sent();
    context.attempts = attempt;
    counts.requests += 1;
    if (attempt > 1) counts.retries += 1;
    context.current = UNKNOWN;
  };
  const onHeaders = (response: Response) => {
    // A network error in the form of a response says nothing of what the service did.
    if (response.type === 'error') throw new TypeError('the response is a network error');
    status = response.status;
    if (response.ok) context.acted = status;
    context.current = outcomeOf(response);
    if (status === 429) counts.rateLimited += 1;
    turn?.answered(response);
  };
  try {
    return await context.bounded((signal, ended) => send(context, request, signal, ended, beforeSending, onHeaders));
  } catch (cause) {
    const lost = classify(context, cause);
    if (cause instanceof AbortError) turn?.abandoned();
    else turn?.lost(lost?.failure !== NEVER_LEFT);
    if (!lost) throw cause;
    return lost;
  } finally {
    if (sentAt !== undefined) {
      reporter.tell('onResponse', { ...context.event(), attempt, status, durationMs: now() - sentAt });
    }
  }
}

/** What a status says by itself, as the engine has it, too: for a call that ends while its body is read. */
function outcomeOf({ ok, status }: Response): number {
  if (ok) return APPLIED;
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
  const error = () => new Class(context.say(said), context.details({ cause, statusCode: context.acted }));
  return { failure, error };
}

async function send(
  context: CallContext,
  { target, body }: Request,
  signal: AbortSignal,
  ended: Promise<never>,
  beforeSending: (signal: AbortSignal) => void,
  onHeaders: (response: Response) => void,
): Promise<Answered> {
  const { config, row, snapshot } = context;
  const { baseUrl, stallTimeout, maxResponseBytes } = config;
  const headers = await requestHeaders(context, body !== undefined, signal, ended);
  const init: RequestInit = { method: row[1], headers, redirect: 'manual', signal };
  if (body !== undefined) init.body = body;
  // Called unbound: a method call would hand the client to the runtime's fetch as `this`.
  const fetch = config.fetch ?? (row[3] || snapshot.retryUnsafe ? globalThis.fetch : runtime.fetchOnce);
  beforeSending(signal);
  const response = await Promise.race([fetch(baseUrl + target, init), ended]);
  onHeaders(response);
  if (!response.ok) {
    // A body that is lost may not turn one error into another.
    const bytes = await readBody(response, ERROR_BODY_BYTES, stallTimeout, ended, true).catch(() => undefined);
    if (snapshot.signal?.aborted) throw context.aborted();
    return { response, body: bytes };
  }
  if (row[2]) return { response, body: await readBody(response, maxResponseBytes, stallTimeout, ended) };
  // Nobody decodes this body, so nothing of it may turn a success into an error.
  drain(response, ERROR_BODY_BYTES);
  return { response, body: undefined };
}

async function requestHeaders(
  context: CallContext,
  hasBody: boolean,
  signal: AbortSignal,
  ended: Promise<never>,
): Promise<Record<string, string>> {
  const headers: Record<string, string> = { ...context.snapshot.headers, accept: 'application/json' };
  if (hasBody) headers['content-type'] = 'application/json';
  const { token } = context.config;
  if (token) {
    context.secret = await currentToken(context, token, signal, ended);
    headers.authorization = `Bearer ${context.secret}`;
  }
  return headers;
}

async function currentToken(
  context: CallContext,
  token: () => string | Promise<string>,
  signal: AbortSignal,
  ended: Promise<never>,
): Promise<string> {
  try {
    return checkToken(await Promise.race([token(), ended]));
  } catch (cause) {
    if (signal.aborted) throw cause;
    if (context.attempts > 0) {
      // Something was sent already, which a ValidationError would deny.
      throw new ConnectionError(
        context.say('could not be repeated: apiToken gave no token'),
        context.details({ cause }),
      );
    }
    const message = `${context.row[0]}: apiToken gave no token that can be sent`;
    throw new ValidationError(message, 'apiToken', 'option', context.details({ cause }));
  }
}
