import { parseErrorBody, type ReadBody } from './body.js';
import type { TryBounds } from './bounds.js';
import { type Config, forCall, refusePath } from './configure.js';
import { CallContext } from './context.js';
import { DONE, type Engine, type EngineHost, type Fault } from './engine.js';
import {
  DecodeError,
  InternalError,
  RateLimitError,
  RespondIOError,
  statusError,
  TimeoutError,
  ValidationError,
} from './errors.js';
import { type Answered, exchange, type Lost } from './exchange.js';
import { LAST_FATAL, type OperationRow, OUTCOMES } from './generated/operations.js';
import { toJson } from './json.js';
import { type Limiter, type OnLimit, type Refusal, Turn } from './limiter.js';
import type { CallOptions } from './options.js';
import { ApiPromise, type WithResponse } from './promise.js';
import { say } from './rules.js';
import type { Surface } from './surface.js';
import { parseRetryAfter, sleep, TooSlow } from './time.js';

/** Calls an operation: its number, its arguments by name, what the call says of its own. */
export interface Call {
  <T>(operation: number, input: object, options?: CallOptions): ApiPromise<T>;
  /** What the operations belong to. */
  readonly surface: Surface;
}

/** The function through which a client's resources call. */
export function makeCall(config: Config): Call {
  const call = <T>(operation: number, input: object, options?: CallOptions) => {
    const number = ++config.counts.calls;
    const outcome = start<T>(config, operation, input, options, number);
    return new ApiPromise(() => outcome);
  };
  return Object.assign(call, { surface: config.surface });
}

async function start<T>(
  config: Config,
  operation: number,
  input: object,
  options: CallOptions | undefined,
  number: number,
): Promise<WithResponse<T>> {
  try {
    const row = config.surface.operations[operation] as OperationRow;
    // Taken here, synchronously: what the caller changes later changes nothing.
    const own = options === undefined ? config : forCall(config, options);
    return await run<T>(new CallContext(config, operation, row, own, toJson(row[0], input), number));
  } catch (error) {
    config.counts.failed += 1;
    // Thrown on, so that a failure that nobody awaits is still reported by the runtime.
    throw error;
  }
}

/** One call, from its arguments to its value: the loop that puts the engine to work. */
async function run<T>(context: CallContext): Promise<WithResponse<T>> {
  const { config, operation, options } = context;
  if (config.baseUrl[0] === '/') refusePath();
  const request = await useEngine(context, (engine) => engine.request(operation, context.json));
  if ('rule' in request) throw invalid(context, request);
  for (let number = 1; ; number++) {
    const answer = await exchange(context, request, await takeTurn(context, number > 1));
    const response = 'response' in answer ? answer.response : undefined;
    if (response?.ok) {
      const data = (await decode(context, (answer as Answered).body, response.status)) as T;
      return { data, response, attempts: context.attempts };
    }
    const wait = await decide(context, answer, number);
    if (wait === DONE) return { data: undefined as T, response: response as Response, attempts: context.attempts };
    if (wait < 0) throw 'error' in answer ? answer.error() : refused(context, answer.response, answer.body);
    reportRetry(context, response?.status, wait);
    if (!(await sleep(wait, options.signal))) throw context.aborted();
  }
}

/** Waits until the limit permits the request; the turn itself where it does so at once. */
function takeTurn(context: CallContext, isAgain: boolean): Promise<Turn> | Turn | undefined {
  const { limiter } = context.config;
  const { timeout, signal } = context.options;
  if (signal?.aborted) throw context.aborted();
  if (!limiter) return undefined;
  const onLimit: OnLimit = (...said) => reportLimit(context, ...said);
  const asked = { isAgain, timeout, leftMs: context.left, signal, onLimit };
  const turn = limiter.admit(bucketOf(context, limiter), asked);
  return turn instanceof Turn ? turn : turn.then((given) => granted(context, given));
}

function granted(context: CallContext, turn: Turn | Refusal | undefined): Turn {
  if (!turn) throw context.aborted();
  if (turn instanceof Turn) return turn;
  const said = context.attempts ? 'was not tried again' : 'was not sent';
  throw new RateLimitError(context.say(`${said}: ${turn.reason}`), context.details(), turn.waitMs / 1000);
}

function reportLimit(context: CallContext, ...[reason, waitMs, queued]: Parameters<OnLimit>): void {
  const attempt = context.attempts + (reason === 'queue' ? 1 : 0);
  context.tell('onRateLimit', { attempt, reason, waitMs, queued });
  const level = reason === 'response' ? 'warn' : 'info';
  const text = () => `${context.row[0]}: rate limit (${reason}), ${Math.ceil(waitMs)} ms, ${queued} waiting`;
  context.config.reporter.log(level, text);
}

function bucketOf(context: CallContext, limiter: Limiter): string {
  try {
    return limiter.bucketOf(context.row);
  } catch (cause) {
    const message = context.say('has no bucket: rateLimit.key must give a string');
    throw new ValidationError(message, 'rateLimit.key', 'option', context.details({ cause }));
  }
}

/** Decides what follows a failed try, and remembers what is known by now. */
async function decide(context: CallContext, answer: Answered | Lost, number: number): Promise<number> {
  const { config, operation, options } = context;
  const [status, header] =
    'failure' in answer
      ? [answer.failure, null]
      : [statusForEngine(answer, config.surface), answer.response.headers.get('retry-after')];
  const attempt = {
    status,
    number,
    before: context.outcome,
    retryAfter: parseRetryAfter(header),
    elapsed: context.elapsed,
  };
  const policy = { ...options, maxRetryDelayMs: config.maxRetryDelayMs };
  const [decision, outcome] = await useEngine(context, (engine) => engine.retry(operation, attempt, policy));
  context.outcome = outcome;
  context.current = 0;
  return decision;
}

function reportRetry(context: CallContext, status: number | undefined, delayMs: number): void {
  const outcome = OUTCOMES[context.outcome] as (typeof OUTCOMES)[number];
  context.tell('onRetry', { status, outcome, delayMs });
  context.config.reporter.log(
    'info',
    () => `${context.row[0]}: ${status ?? 'no answer'}, tried again in ${Math.ceil(delayMs)} ms`,
  );
}

/** Puts the engine to work. Where it traps, it is dropped: this call ends, the others go on with a new one. */
function useEngine<R>(context: CallContext, work: (engine: Engine) => R): R | Promise<R> {
  const host = context.config.surface.engine;
  const use = (engine: Engine) => {
    try {
      return work(engine);
    } catch (cause) {
      // What the work itself has judged is no trap.
      if (cause instanceof RespondIOError) throw cause;
      host.forget(engine);
      throw context.failed(InternalError, 'met a mistake of this package', cause);
    }
  };
  return host.current ? use(host.current) : loadEngine(context, host).then(use);
}

async function loadEngine(context: CallContext, host: EngineHost): Promise<Engine> {
  let bounds: TryBounds | undefined;
  try {
    bounds = context.bounds();
    return await bounds.wait(host.load());
  } catch (thrown) {
    const cause = context.reason(thrown, bounds);
    if (cause instanceof RespondIOError) throw cause;
    if (!(cause instanceof TooSlow))
      throw context.failed(InternalError, `could not load the wasm module: ${cause}`, cause);
    host.forget();
    throw context.failed(TimeoutError, cause.message);
  } finally {
    bounds?.close();
  }
}

/** The value of a 2xx. */
function decode(context: CallContext, body: ReadBody, status: number): unknown {
  const { config, operation, row } = context;
  const { maxResponseBytes, responseValidation } = config;
  if (!row[2]) return undefined;
  if (!body) {
    const message = say('too_large', maxResponseBytes);
    throw undecodable(context, { path: '', rule: 'too_large', message }, status);
  }
  const judge = (fault: Fault, cause?: unknown) => {
    if (fault.code <= LAST_FATAL || responseValidation === 'throw') throw undecodable(context, fault, status, cause);
    if (responseValidation === 'warn') reportMismatch(context, fault);
  };
  return useEngine(context, (engine) => engine.response(operation, body, judge));
}

/** The error of an answer other than 2xx. */
function refused(context: CallContext, response: Response, bytes: ReadBody): Error {
  const { status } = response;
  const { baseUrl, surface } = context.config;
  const body = parseErrorBody(bytes, context.secret);
  const serverMessage = messageOf(body);
  const isRedirect = response.type === 'opaqueredirect' || (status >= 300 && status < 400);
  const reason = isRedirect ? 'redirects are not followed' : serverMessage;
  const said = `was answered with ${status || 'a redirect'}${reason ? `: ${reason}` : ''}`;
  // Live accounts may not have the contract's routes; a 404 or 405 of a route, not of a resource, says so.
  const isElsewhere = bytes && isRouteUnknown(status, serverMessage) && baseUrl.startsWith('https://api.respond.io/');
  const message = context.say(said) + (isElsewhere ? surface.hint : '');
  const retryAfter = parseRetryAfter(response.headers.get('retry-after'));
  const error = statusError(message, context.details({ statusCode: status, serverMessage, body }), retryAfter);
  surface.complete?.(error, response);
  return error;
}

function reportMismatch(context: CallContext, { path, rule, message }: Fault): void {
  const { config, row } = context;
  context.tell('onMismatch', { field: path, rule, message });
  const key = row[0] + path.replace(/\[\d+]/g, '[]');
  config.reporter.warnOnce(
    key,
    () => `${row[0]} was answered with an unexpected value: ${path || 'the body'} ${message}`,
  );
}

function invalid(context: CallContext, { path, rule, message }: Fault): ValidationError {
  return new ValidationError(`${context.row[0]}: ${path || 'the input'} ${message}`, path, rule, context.details());
}

function undecodable(
  context: CallContext,
  { path, rule, message }: Omit<Fault, 'code'>,
  statusCode: number,
  cause?: unknown,
): DecodeError {
  const said = `was answered with a body that cannot be used: ${path || 'it'} ${message}`;
  return new DecodeError(context.say(said), path, rule, context.details({ statusCode, cause }));
}

/** A redirect may have no status, and a route that is not there says nothing of the resource: it is as good as a 405. */
function statusForEngine({ response: { status }, body }: Answered, surface: Surface): number {
  const said = parseErrorBody(body);
  if (surface.isNew?.(status, said)) return 449;
  return isRouteUnknown(status, messageOf(said)) ? 405 : status || 300;
}

/** Whether it is the route, not the resource, that the service does not know. */
function isRouteUnknown(status: number, serverMessage = ''): boolean {
  return status === 405 || (status === 404 && /^cannot |route|^$/i.test(serverMessage));
}

function messageOf(body: unknown): string | undefined {
  const message = (body as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : undefined;
}
