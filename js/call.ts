import { parseErrorBody, type ReadBody, readBody } from './body.js';
import { dropEngine, type Engine, loadEngine, loadedEngine } from './engine.js';
import {
  AbortError,
  ConnectionError,
  DecodeError,
  type ErrorDetails,
  InternalError,
  statusError,
  TimeoutError,
  ValidationError,
} from './errors.js';
import { LAST_FATAL, OPERATIONS, type OperationRow } from './generated/operations.js';
import { toJson } from './json.js';
import { type CallOptions, type Config, checkToken, forCall } from './options.js';
import { ApiPromise, type WithResponse } from './promise.js';
import { parseRetryAfter, sleep, startTimer } from './time.js';

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

  async start(): Promise<WithResponse<T>> {
    const engine = loadedEngine() ?? (await this.#load());
    try {
      return await this.#loop(engine);
    } catch (cause) {
      if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
      dropEngine(engine);
      throw new InternalError(this.#say('met a mistake of this package'), this.#details({ cause }));
    }
  }

  async #load(): Promise<Engine> {
    try {
      return await loadEngine();
    } catch (cause) {
      throw new InternalError(this.#say(`could not load the wasm module: ${String(cause)}`), this.#details({ cause }));
    }
  }

  async #loop(engine: Engine): Promise<WithResponse<T>> {
    const request = engine.request(this.#operation, this.#snapshot.json);
    if ('rule' in request) throw this.#invalid(request.path, request.rule, request.message);
    const { maxRetries, signal } = this.#snapshot;
    for (;;) {
      const answer = await this.#exchange(request.target, request.body);
      if ('response' in answer && answer.response.ok) {
        return { data: this.#decode(engine, answer.body, answer.response.status), response: answer.response };
      }
      const status = 'lost' in answer ? 0 : answer.response.status || 300;
      const retryAfter = 'lost' in answer ? -1 : parseRetryAfter(answer.response.headers.get('retry-after'));
      const retriesLeft = maxRetries - this.#attempts + 1;
      const wait = engine.retry(this.#operation, status, retriesLeft, this.#attempts, retryAfter);
      if (wait < 0) throw 'lost' in answer ? answer.lost : this.#refused(answer.response, answer.body, retryAfter);
      if (!(await sleep(wait, signal))) throw this.#aborted();
    }
  }

  /** One request and its answer, within the time that a try may take. */
  async #exchange(target: string, body: string | undefined): Promise<Answer> {
    const { timeout, signal } = this.#snapshot;
    if (signal?.aborted) throw this.#aborted();
    const headers = await this.#headers(body !== undefined);
    // The signal may have aborted while the token was fetched, before anybody listened.
    if (signal?.aborted) throw this.#aborted();
    const controller = new AbortController();
    const abort = () => controller.abort();
    signal?.addEventListener('abort', abort, { once: true });
    const timer = startTimer(abort, timeout);
    const init: RequestInit = { method: this.#row[1], headers, redirect: 'manual', signal: controller.signal };
    if (body !== undefined) init.body = body;
    this.#attempts += 1;
    try {
      return await this.#send(this.#config.baseUrl + target, init);
    } catch (cause) {
      if (signal?.aborted) throw this.#aborted();
      const lost = controller.signal.aborted
        ? new TimeoutError(this.#say(`took longer than ${timeout} ms`), this.#details())
        : new ConnectionError(this.#say('lost its connection'), this.#details({ cause }));
      return { lost };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  async #send(url: string, init: RequestInit): Promise<Answer> {
    // Called unbound: a method call would hand the client to the runtime's fetch as `this`.
    const fetch = this.#config.fetch ?? globalThis.fetch;
    const response = await fetch(url, init);
    if (response.ok && this.#row[2]) return { response, body: await readBody(response, this.#config.maxResponseBytes) };
    // Nothing of a body that nobody decodes may turn a success into an error, or one error into another.
    const body = await readBody(response, ERROR_BODY_BYTES).catch(() => undefined);
    return { response, body };
  }

  async #headers(hasBody: boolean): Promise<Record<string, string>> {
    const headers: Record<string, string> = { ...this.#snapshot.headers, accept: 'application/json' };
    if (hasBody) headers['content-type'] = 'application/json';
    const { token } = this.#config;
    if (!token) return headers;
    try {
      headers.authorization = `Bearer ${checkToken(await token())}`;
      return headers;
    } catch (cause) {
      const message = `${this.#row[0]}: apiToken gave no token that can be sent`;
      throw new ValidationError(message, 'apiToken', 'option', this.#details({ cause }));
    }
  }

  /** The value of a 2xx. */
  #decode(engine: Engine, body: ReadBody, status: number): T {
    const { maxResponseBytes, responseValidation } = this.#config;
    if (!this.#row[2]) return undefined as T;
    if (!body) throw this.#undecodable('', 'too_large', `is larger than ${maxResponseBytes} bytes`, status);
    const fault = engine.response(this.#operation, body);
    if (fault && (fault.code <= LAST_FATAL || responseValidation === 'throw')) {
      throw this.#undecodable(fault.path, fault.rule, fault.message, status);
    }
    if (fault && responseValidation === 'warn') this.#warn(fault.path, fault.message);
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    } catch (cause) {
      throw this.#undecodable('', 'encoding', 'is not valid UTF-8', status, cause);
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
    const message = this.#say(said) + this.#hintAtSurface(status, serverMessage);
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
    if (this.#warned.has(text) || this.#warned.size >= MAX_WARNINGS) return;
    this.#warned.add(text);
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
