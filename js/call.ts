import { parseErrorBody, type ReadBody, readBody } from './body.js';
import { dropEngine, type Engine, forgetLoad, loadEngine, loadedEngine } from './engine.js';
import {
  AbortError,
  ConnectionError,
  DecodeError,
  type ErrorDetails,
  InternalError,
  RespondIOError,
  statusError,
  TimeoutError,
  ValidationError,
} from './errors.js';
import { LAST_FATAL, OPERATIONS, type OperationRow } from './generated/operations.js';
import { toJson } from './json.js';
import { type CallOptions, type Config, checkToken, forCall } from './options.js';
import { ApiPromise, type WithResponse } from './promise.js';
import { say } from './rules.js';
import { orAborted, parseRetryAfter, sleep, startTimer } from './time.js';

/** Calls an operation: its number, its arguments by name, what the call says of its own. */
export type Call = <T>(operation: number, input: object, options?: CallOptions) => ApiPromise<T>;

/** What came of one request: an answer that was read, or a reason why there is none. */
type Answer = { response: Response; body: ReadBody } | { lost: ConnectionError | TimeoutError };

/** A call's arguments and options as they were when it was made. */
interface Snapshot extends Pick<Config, 'timeout' | 'maxRetries' | 'headers'> {
  json: string;
  signal: AbortSignal | undefined;
}

/** How many bytes of an error's body are read. */
const ERROR_BODY_BYTES = 64 * 1024;
/** How many different mismatches a client logs, so that a service that changes for good does not fill the memory. */
const MAX_WARNINGS = 1000;

/** The function through which a client's resources call. */
export function makeCall(config: Config): Call {
  const warned = new Set<string>();
  return <T>(operation: number, input: object, options: CallOptions = {}) => {
    const row = OPERATIONS[operation] as OperationRow;
    try {
      // Taken here, synchronously: what the caller changes later changes nothing.
      const snapshot = { ...forCall(config, options), json: toJson(row[0], input), signal: options.signal };
      return new ApiPromise(new Run<T>(config, operation, row, snapshot, warned).start());
    } catch (error) {
      return new ApiPromise<T>(Promise.reject(error));
    }
  };
}

/** One call, from its arguments to its value: the loop that puts the engine to work. */
class Run<T> {
  #attempts = 0;
  /** The status of the 2xx, once there is one: the service has acted. */
  #acted: number | undefined;
  readonly #config: Config;
  readonly #operation: number;
  readonly #row: OperationRow;
  readonly #snapshot: Snapshot;
  readonly #warned: Set<string>;

  constructor(config: Config, operation: number, row: OperationRow, snapshot: Snapshot, warned: Set<string>) {
    this.#config = config;
    this.#operation = operation;
    this.#row = row;
    this.#snapshot = snapshot;
    this.#warned = warned;
  }

  /** Runs the call to its end. */
  async start(): Promise<WithResponse<T>> {
    const request = await this.#use((engine) => engine.request(this.#operation, this.#snapshot.json));
    if ('rule' in request) throw this.#invalid(request.path, request.rule, request.message);
    const { maxRetries, signal } = this.#snapshot;
    // A try may end before its request was sent, so tries are not attempts.
    for (let tries = 1; ; tries++) {
      const answer = await this.#exchange(request.target, request.body);
      if ('response' in answer && answer.response.ok) {
        const data = await this.#decode(answer.body, answer.response.status);
        return { data, response: answer.response, attempts: this.#attempts };
      }
      const status = 'lost' in answer ? 0 : answer.response.status || 300;
      const retryAfter = 'lost' in answer ? -1 : parseRetryAfter(answer.response.headers.get('retry-after'));
      const left = maxRetries - tries + 1;
      const wait = await this.#use((engine) => engine.retry(this.#operation, status, left, tries, retryAfter));
      if (wait < 0) throw 'lost' in answer ? answer.lost : this.#refused(answer.response, answer.body, retryAfter);
      if (!(await sleep(wait, signal))) throw this.#aborted();
    }
  }

  /** Puts the engine to work. Where it traps, it is dropped: this call ends, the others go on with a new one. */
  async #use<R>(work: (engine: Engine) => R): Promise<R> {
    const engine = loadedEngine() ?? (await this.#load());
    try {
      return work(engine);
    } catch (cause) {
      if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
      dropEngine(engine);
      const details = this.#details({ cause, statusCode: this.#acted });
      throw new InternalError(this.#say('met a mistake of this package'), details);
    }
  }

  async #load(): Promise<Engine> {
    try {
      return await this.#bounded((signal) => orAborted(loadEngine(), signal));
    } catch (cause) {
      if (cause instanceof TimeoutError) forgetLoad();
      if (cause instanceof RespondIOError) throw cause;
      throw new InternalError(this.#say(`could not load the wasm module: ${String(cause)}`), this.#details({ cause }));
    }
  }

  /** One request and its answer, within the time that a try may take. */
  async #exchange(target: string, body: string | undefined): Promise<Answer> {
    try {
      return await this.#bounded((signal) => this.#send(target, body, signal));
    } catch (cause) {
      if (cause instanceof TimeoutError) return { lost: cause };
      if (cause instanceof RespondIOError) throw cause;
      return { lost: new ConnectionError(this.#say('lost its connection'), this.#details({ cause })) };
    }
  }

  /** Does some work within the time that a try may take, and no longer than the caller wants. */
  async #bounded<R>(work: (signal: AbortSignal) => Promise<R>): Promise<R> {
    const { timeout, signal } = this.#snapshot;
    if (signal?.aborted) throw this.#aborted();
    const controller = new AbortController();
    const abort = () => controller.abort();
    signal?.addEventListener('abort', abort);
    const timer = startTimer(abort, timeout);
    try {
      return await work(controller.signal);
    } catch (cause) {
      if (signal?.aborted) throw this.#aborted();
      if (!controller.signal.aborted) throw cause;
      throw new TimeoutError(this.#say(`took longer than ${timeout} ms`), this.#details());
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  async #send(target: string, body: string | undefined, signal: AbortSignal): Promise<Answer> {
    const headers = await this.#headers(body !== undefined, signal);
    const init: RequestInit = { method: this.#row[1], headers, redirect: 'manual', signal };
    if (body !== undefined) init.body = body;
    // Called unbound: a method call would hand the client to the runtime's fetch as `this`.
    const fetch = this.#config.fetch ?? globalThis.fetch;
    this.#attempts += 1;
    const response = await orAborted(fetch(this.#config.baseUrl + target, init), signal);
    if (!response.ok) {
      // A body that is lost may not turn one error into another.
      const read = orAborted(readBody(response, ERROR_BODY_BYTES, true), signal);
      const bytes = await read.catch(() => undefined);
      if (this.#snapshot.signal?.aborted) throw this.#aborted();
      return { response, body: bytes };
    }
    this.#acted = response.status;
    if (this.#row[2])
      return { response, body: await orAborted(readBody(response, this.#config.maxResponseBytes), signal) };
    // Nobody decodes this body, so nothing of it may turn a success into an error.
    response.body?.cancel().catch(() => {});
    return { response, body: undefined };
  }

  async #headers(hasBody: boolean, signal: AbortSignal): Promise<Record<string, string>> {
    const headers: Record<string, string> = { ...this.#snapshot.headers, accept: 'application/json' };
    if (hasBody) headers['content-type'] = 'application/json';
    const { token } = this.#config;
    if (token) headers.authorization = `Bearer ${await this.#token(token, signal)}`;
    return headers;
  }

  async #token(token: NonNullable<Config['token']>, signal: AbortSignal): Promise<string> {
    try {
      return checkToken(await orAborted(token(), signal));
    } catch (cause) {
      if (signal.aborted) throw cause;
      if (this.#attempts > 0) {
        // Something was sent already, which a ValidationError would deny.
        throw new ConnectionError(this.#say('could not be repeated: apiToken gave no token'), this.#details({ cause }));
      }
      const message = `${this.#row[0]}: apiToken gave no token that can be sent`;
      throw new ValidationError(message, 'apiToken', 'option', this.#details({ cause }));
    }
  }

  /** The value of a 2xx. */
  async #decode(body: ReadBody, status: number): Promise<T> {
    const { maxResponseBytes, responseValidation } = this.#config;
    if (!this.#row[2]) return undefined as T;
    if (!body) throw this.#undecodable('', 'too_large', say('too_large', maxResponseBytes), status);
    const fault = await this.#use((engine) => engine.response(this.#operation, body));
    if (fault && (fault.code <= LAST_FATAL || responseValidation === 'throw')) {
      throw this.#undecodable(fault.path, fault.rule, fault.message, status);
    }
    if (fault && responseValidation === 'warn') this.#warn(fault.path, fault.message);
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    } catch (cause) {
      throw this.#undecodable('', 'encoding', say('encoding'), status, cause);
    }
    return JSON.parse(text) as T;
  }

  /** The error of an answer other than 2xx. */
  #refused(response: Response, bytes: ReadBody, retryAfter: number): Error {
    const { status } = response;
    const body = parseErrorBody(bytes);
    const serverMessage = messageOf(body);
    const isRedirect = response.type === 'opaqueredirect' || (status >= 300 && status < 400);
    const reason = isRedirect ? 'redirects are not followed' : serverMessage;
    const said = `was answered with ${status || 'a redirect'}${reason ? `: ${reason}` : ''}`;
    const message = this.#say(said) + (bytes ? this.#hintAtSurface(status, serverMessage) : '');
    return statusError(message, this.#details({ statusCode: status, serverMessage, body }), retryAfter);
  }

  /** Live accounts may not have the contract's routes; a 404 or 405 of a route, not of a resource, says so. */
  #hintAtSurface(status: number, serverMessage: string | undefined): string {
    const isRoute = status === 405 || (status === 404 && /^cannot |route|^$/i.test(serverMessage ?? ''));
    if (!isRoute || !this.#config.baseUrl.startsWith('https://api.respond.io/')) return '';
    return '. The service may not have this route: live accounts can speak another surface than the documented one';
  }

  #warn(path: string, message: string): void {
    const text = `respond-io-wasm: ${this.#row[0]} was answered with an unexpected value: ${path || 'the body'} ${message}`;
    const key = this.#row[0] + path.replace(/\[\d+]/g, '[]');
    if (this.#warned.has(key) || this.#warned.size >= MAX_WARNINGS) return;
    this.#warned.add(key);
    console.warn(text);
  }

  #invalid(path: string, rule: ValidationError['rule'], problem: string): ValidationError {
    return new ValidationError(`${this.#row[0]}: ${path || 'the input'} ${problem}`, path, rule, this.#details());
  }

  #undecodable(path: string, rule: DecodeError['rule'], problem: string, status: number, cause?: unknown): DecodeError {
    const message = this.#say(`was answered with a body that cannot be used: ${path || 'it'} ${problem}`);
    return new DecodeError(message, path, rule, this.#details({ statusCode: status, cause }));
  }

  #aborted(): AbortError {
    return new AbortError(this.#say('was aborted'), this.#details({ cause: this.#snapshot.signal?.reason }));
  }

  #say(what: string): string {
    const times = this.#attempts > 1 ? ` (attempt ${this.#attempts})` : '';
    return `${this.#row[0]} ${what}${times}`;
  }

  #details(more: ErrorDetails = {}): ErrorDetails {
    return { operation: this.#row[0], attempts: this.#attempts, ...more };
  }
}

function messageOf(body: unknown): string | undefined {
  const message = (body as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : undefined;
}
