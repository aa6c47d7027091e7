import { parseErrorBody, type ReadBody } from './body.js';
import { type Config, forCall, refusePath } from './configure.js';
import { CallContext, type Snapshot } from './context.js';
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
import { type Answered, exchange, type Lost, type Request } from './exchange.js';
import { LAST_FATAL, type OperationRow, OUTCOMES } from './generated/operations.js';
import { toJson } from './json.js';
import { type Limiter, Turn } from './limiter.js';
import type { CallOptions } from './options.js';
import { ApiPromise, type WithResponse } from './promise.js';
import { say } from './rules.js';
import type { Surface } from './surface.js';
import { orAborted, parseRetryAfter, sleep, TooSlow } from './time.js';

/** Calls an operation: its number, its arguments by name, what the call says of its own. */
export interface Call {
  <T>(operation: number, input: object, options?: CallOptions): ApiPromise<T>;
  /** What the operations belong to. */
  readonly surface: Surface;
}

/** How many different mismatches a client logs, so that a service that changes for good does not fill the memory. */
const MAX_WARNINGS = 1000;

/** The function through which a client's resources call. */
export function makeCall(config: Config): Call {
  const warned = new Set<string>();
  const { surface } = config;
  const call = <T>(operation: number, input: object, options: CallOptions = {}) => {
    const row = surface.operations[operation] as OperationRow;
    const number = ++config.counts.calls;
    const run = new Promise<WithResponse<T>>((resolve) => {
      // Taken here, synchronously: what the caller changes later changes nothing.
      const snapshot: Snapshot = {
        ...forCall(config, options),
        json: toJson(row[0], input),
        signal: options.signal,
      };
      resolve(new Run<T>(new CallContext(config, operation, row, snapshot, number), warned).start());
    });
    // Thrown on, so that a failure that nobody awaits is still reported by the runtime.
    const outcome = run.catch((error) => {
      config.counts.failed += 1;
      throw error;
    });
    return new ApiPromise(outcome);
  };
  return Object.assign(call, { surface });
}

/** One call, from its arguments to its value: the loop that puts the engine to work. */
class Run<T> {
  readonly #context: CallContext;
  readonly #warned: Set<string>;

  constructor(context: CallContext, warned: Set<string>) {
    this.#context = context;
    this.#warned = warned;
  }

  /** Runs the call to its end. */
  async start(): Promise<WithResponse<T>> {
    const context = this.#context;
    const { config, operation, snapshot } = context;
    if (config.baseUrl[0] === '/') refusePath();
    const request = await this.#use((engine) => engine.request(operation, snapshot.json));
    if ('rule' in request) throw this.#invalid(request);
    for (let number = 1; ; number++) {
      const answer = await exchange(context, request as Request, await this.#turn(number));
      const response = 'response' in answer ? answer.response : undefined;
      if (response?.ok) {
        const data = await this.#decode((answer as Answered).body, response.status);
        return { data, response, attempts: context.attempts };
      }
      const wait = await this.#decide(answer, number);
      if (wait === DONE) return { data: undefined as T, response: response as Response, attempts: context.attempts };
      if (wait < 0) throw 'error' in answer ? answer.error() : this.#refused(answer.response, answer.body);
      this.#reportRetry(response?.status, wait);
      if (!(await sleep(wait, snapshot.signal))) throw context.aborted();
    }
  }

  /** Waits until the limit permits the request. */
  async #turn(number: number): Promise<Turn | undefined> {
    const context = this.#context;
    const { config, row, snapshot } = context;
    const onLimit = (reason: 'queue' | 'response' | 'shared', waitMs: number, queued: number) => {
      const attempt = context.attempts + (reason === 'queue' ? 1 : 0);
      config.reporter.tell('onRateLimit', { ...context.event(), attempt, reason, waitMs, queued });
      const level = reason === 'response' ? 'warn' : 'info';
      config.reporter.log(level, () => `${row[0]}: rate limit (${reason}), ${Math.ceil(waitMs)} ms, ${queued} waiting`);
    };
    if (snapshot.signal?.aborted) throw context.aborted();
    if (!config.limiter) return undefined;
    const { timeout, signal } = snapshot;
    const bucket = this.#bucket(config.limiter);
    const turn = await config.limiter.admit(bucket, number > 1, timeout, context.left, signal, onLimit);
    if (!turn) throw context.aborted();
    if (turn instanceof Turn) return turn;
    const said = context.attempts ? 'was not tried again' : 'was not sent';
    throw new RateLimitError(context.say(`${said}: ${turn.reason}`), context.details(), turn.waitMs / 1000);
  }

  #bucket(limiter: Limiter): string {
    const context = this.#context;
    try {
      return limiter.bucketOf(context.row);
    } catch (cause) {
      const message = context.say('has no bucket: rateLimit.key must give a string');
      throw new ValidationError(message, 'rateLimit.key', 'option', context.details({ cause }));
    }
  }

  /** Decides what follows a failed try, and remembers what is known by now. */
  async #decide(answer: Answered | Lost, number: number): Promise<number> {
    const context = this.#context;
    const [status, header] =
      'failure' in answer
        ? [answer.failure, null]
        : [statusForEngine(answer, context.config.surface), answer.response.headers.get('retry-after')];
    const attempt = {
      status,
      number,
      before: context.outcome,
      retryAfter: parseRetryAfter(header),
      elapsed: context.elapsed,
    };
    const policy = { ...context.snapshot, maxRetryDelayMs: context.config.maxRetryDelayMs };
    const [decision, outcome] = await this.#use((engine) => engine.retry(context.operation, attempt, policy));
    context.outcome = outcome;
    context.current = 0;
    return decision;
  }

  #reportRetry(status: number | undefined, delayMs: number): void {
    const context = this.#context;
    const { reporter } = context.config;
    const outcome = OUTCOMES[context.outcome] as (typeof OUTCOMES)[number];
    reporter.tell('onRetry', { ...context.event(), status, outcome, delayMs });
    reporter.log('info', () => `${context.row[0]}: ${status ?? 'no answer'}, tried again in ${Math.ceil(delayMs)} ms`);
  }

  /** Puts the engine to work. Where it traps, it is dropped: this call ends, the others go on with a new one. */
  async #use<R>(work: (engine: Engine) => R): Promise<R> {
    const host = this.#context.config.surface.engine;
    const engine = host.current ?? (await this.#load(host));
    try {
      return work(engine);
    } catch (cause) {
      host.forget(engine);
      throw this.#internal('met a mistake of this package', cause);
    }
  }

  async #load(host: EngineHost): Promise<Engine> {
    const context = this.#context;
    try {
      return await context.bounded((signal) => orAborted(host.load(), signal));
    } catch (cause) {
      if (cause instanceof RespondIOError) throw cause;
      if (!(cause instanceof TooSlow)) throw this.#internal(`could not load the wasm module: ${String(cause)}`, cause);
      host.forget();
      throw new TimeoutError(context.say(cause.message), context.details());
    }
  }

  /** The value of a 2xx. */
  async #decode(body: ReadBody, status: number): Promise<T> {
    const { config, operation, row } = this.#context;
    if (!row[2]) return undefined as T;
    if (!body) {
      const message = say('too_large', config.maxResponseBytes);
      throw this.#undecodable({ path: '', rule: 'too_large', message }, status);
    }
    const fault = await this.#use((engine) => engine.response(operation, body));
    if (fault && (fault.code <= LAST_FATAL || config.responseValidation === 'throw')) {
      throw this.#undecodable(fault, status);
    }
    if (fault && config.responseValidation === 'warn') this.#warn(fault);
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    } catch (cause) {
      throw this.#undecodable({ path: '', rule: 'encoding', message: say('encoding') }, status, cause);
    }
    return JSON.parse(text) as T;
  }

  /** The error of an answer other than 2xx. */
  #refused(response: Response, bytes: ReadBody): Error {
    const { status } = response;
    const body = parseErrorBody(bytes);
    const serverMessage = messageOf(body);
    const isRedirect = response.type === 'opaqueredirect' || (status >= 300 && status < 400);
    const reason = isRedirect ? 'redirects are not followed' : serverMessage;
    const said = `was answered with ${status || 'a redirect'}${reason ? `: ${reason}` : ''}`;
    const { baseUrl, surface } = this.#context.config;
    // Live accounts may not have the contract's routes; a 404 or 405 of a route, not of a resource, says so.
    const isElsewhere = bytes && isRouteUnknown(status, serverMessage) && baseUrl.startsWith('https://api.respond.io/');
    const message = this.#context.say(said) + (isElsewhere ? surface.hint : '');
    const retryAfter = parseRetryAfter(response.headers.get('retry-after'));
    const error = statusError(message, this.#context.details({ statusCode: status, serverMessage, body }), retryAfter);
    surface.complete?.(error, response);
    return error;
  }

  #warn({ path, rule, message }: Fault): void {
    const { config, row } = this.#context;
    config.reporter.tell('onMismatch', { ...this.#context.event(), field: path, rule, message });
    const key = row[0] + path.replace(/\[\d+]/g, '[]');
    if (this.#warned.has(key) || this.#warned.size >= MAX_WARNINGS) return;
    this.#warned.add(key);
    config.reporter.log(
      'warn',
      () => `${row[0]} was answered with an unexpected value: ${path || 'the body'} ${message}`,
    );
  }

  #internal(said: string, cause: unknown): InternalError {
    const context = this.#context;
    return new InternalError(context.say(said), context.details({ cause, statusCode: context.acted }));
  }

  #invalid({ path, rule, message }: Fault): ValidationError {
    const context = this.#context;
    return new ValidationError(`${context.row[0]}: ${path || 'the input'} ${message}`, path, rule, context.details());
  }

  #undecodable({ path, rule, message }: Omit<Fault, 'code'>, statusCode: number, cause?: unknown): DecodeError {
    const said = `was answered with a body that cannot be used: ${path || 'it'} ${message}`;
    return new DecodeError(this.#context.say(said), path, rule, this.#context.details({ statusCode, cause }));
  }
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
