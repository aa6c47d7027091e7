import { ENCODING, LAST_FATAL, RULES, type Rule } from './generated/operations.js';
import { decoder, textAt } from './output.js';
import type { Reader } from './reader.js';
import { say } from './rules.js';

/** What the wasm module exports; see `src/npm/mod.rs`. */
interface Exports {
  memory: WebAssembly.Memory;
  reserve(length: number): number;
  output(): number;
  request(operation: number, length: number): number;
  response(operation: number, length: number): number;
  retry(
    operation: number,
    status: number,
    number: number,
    before: number,
    retryAfter: number,
    elapsed: number,
    maxRetries: number,
    maxDelay: number,
    total: number,
    retryUnsafe: boolean,
    random: number,
  ): number;
}

/** A rule that a document breaks, and where. */
export interface Fault {
  code: number;
  rule: Rule;
  path: string;
  message: string;
}

/** A request, but for base URL and headers. */
export interface EngineRequest {
  target: string;
  body: string | undefined;
}

/** A try that failed. */
export interface Attempt {
  /** The HTTP status, or {@link LOST}, {@link NEVER_LEFT} or {@link BODY_LOST}. */
  status: number;
  /** Its number, 1 for the first. */
  number: number;
  /** What is known of the tries before it: an index into `OUTCOMES`. */
  before: number;
  /** The milliseconds that the service asks to wait; negative where it does not. */
  retryAfter: number;
  /** The milliseconds since the call began. */
  elapsed: number;
}

/** What the caller permits. */
export interface Policy {
  maxRetries: number;
  maxRetryDelayMs: number;
  totalTimeout: number;
  retryUnsafe: boolean;
}

/** What stands in the place of a status where a try has none that counts. */
export const LOST = 0;
export const NEVER_LEFT = 1;
export const BODY_LOST = 2;

/** What `response` gives where nothing is at fault and JSON.parse is to read the body. */
const UNRECORDED = -1;

/** The decision that the call has succeeded all the same. */
export const DONE = -2;

const encoder = new TextEncoder();

/** The Rust engine: a wasm instance behind functions of strings and bytes. */
export class Engine {
  readonly #wasm: Exports;
  readonly #reader: Reader | undefined;
  /** What the exports leave; empty once the memory has grown. */
  #words = new Uint32Array();

  /** @internal */
  constructor(instance: WebAssembly.Instance, reader?: Reader) {
    this.#wasm = instance.exports as unknown as Exports;
    this.#reader = reader;
  }

  /** Checks the arguments, one JSON object, and builds the request. */
  request(operation: number, json: string): EngineRequest | Fault {
    const code = this.#wasm.request(operation, this.#writeText(json));
    if (code) return this.#fault(code);
    return { target: this.#text(0), body: this.#text(1) || undefined };
  }

  /**
   * The value of the body of a 2xx. `judge` is told of the first thing that is not as declared, and throws where the
   * value is of no use.
   */
  response(operation: number, body: Uint8Array, judge: (fault: Fault, cause?: unknown) => void): unknown {
    const at = this.#wasm.reserve(body.length);
    new Uint8Array(this.#wasm.memory.buffer, at, body.length).set(body);
    const code = this.#wasm.response(operation, body.length);
    const fault = code > 0 ? this.#fault(code) : undefined;
    if (fault && code <= LAST_FATAL) judge(fault);
    let value: unknown;
    try {
      const read = code === UNRECORDED ? undefined : this.#reader?.read(this.#output());
      value = read === undefined ? JSON.parse(decoder.decode(body)) : read;
    } catch (cause) {
      judge(faultOf(ENCODING, '', ''), cause);
    }
    // Last: it tells the caller's hooks, and a call that one of them makes takes the memory that was read from.
    if (fault) judge(fault);
    return value;
  }

  /** Decides what follows a failed try: a wait in milliseconds, {@link DONE} or -1 for the end; and what is known by now. */
  retry(operation: number, attempt: Attempt, policy: Policy): [decision: number, outcome: number] {
    const { status, number, before, retryAfter, elapsed } = attempt;
    const { maxRetryDelayMs, totalTimeout, retryUnsafe } = policy;
    // wasm takes the lower 32 bits of a number.
    const maxRetries = Math.min(policy.maxRetries, 2 ** 31 - 1);
    const decision = this.#wasm.retry(
      operation,
      status,
      number,
      before,
      retryAfter,
      elapsed,
      maxRetries,
      maxRetryDelayMs,
      totalTimeout,
      retryUnsafe,
      Math.random(),
    );
    return [decision, this.#output()[0] as number];
  }

  #writeText(text: string): number {
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    const at = this.#wasm.reserve(text.length * 3);
    return encoder.encodeInto(text, new Uint8Array(this.#wasm.memory.buffer, at, text.length * 3)).written;
  }

  #text(pair: number): string {
    return textAt(this.#output(), pair);
  }

  #output(): Uint32Array {
    if (!this.#words.length) this.#words = new Uint32Array(this.#wasm.memory.buffer, this.#wasm.output(), 13);
    return this.#words;
  }

  #fault(code: number): Fault {
    return faultOf(code, this.#text(0), this.#text(1));
  }
}

function faultOf(code: number, path: string, detail: string): Fault {
  const rule = RULES[code]?.[0] as Rule;
  return { code, rule, path, message: say(rule, detail) };
}

/** Holds the engine of a set of operations: loads it when it is first asked for, and makes it anew after a trap. */
export class EngineHost {
  /**
   * Where the module comes from; each entry of the package says it once, and nothing is loaded yet.
   *
   * @internal
   */
  declare source: () => Promise<WebAssembly.Module>;
  /**
   * What reads records, in the entries of servers. Those of browsers have none, which is 2 kB less with their engine, and
   * take either engine.
   *
   * @internal
   */
  declare reader: Reader | undefined;
  /** The engine, where it is loaded. */
  declare current: Engine | undefined;
  #module: WebAssembly.Module | undefined;
  #loading: Promise<Engine> | undefined;

  /** Loads the engine. A failed load is tried again by the next call. */
  load(): Promise<Engine> {
    this.#loading ??= this.#instantiate().catch((error) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  /**
   * Forgets the engine that trapped, since its memory may be in any state, or without one a load that does not end: the
   * next call begins anew, with the module where it is there.
   */
  forget(trapped?: Engine): void {
    if (trapped !== this.current) return;
    this.current = this.#loading = undefined;
  }

  async #instantiate(): Promise<Engine> {
    this.#module ??= await this.source();
    this.current = new Engine(await WebAssembly.instantiate(this.#module), this.reader);
    return this.current;
  }
}
