import type { Identifier, MessageContentInput } from '../generated/models.js';
import { Dispatch } from './dispatch.js';
import { SandboxError } from './error.js';
import type {
  Command,
  CommandResults,
  Fault,
  JournalEntry,
  ReceivedMessage,
  SandboxCore,
  SandboxModule,
  SandboxOptions,
  SandboxResponse,
  SandboxSettings,
  Snapshot,
} from './types.js';
import { Webhooks } from './webhooks.js';

/** Makes a sandbox; see {@link createSandboxWith}. */
export type CreateSandbox = (options?: SandboxOptions) => Promise<Sandbox>;

/** Statuses whose responses have no body, whatever the sandbox would say. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/**
 * Gives the function that makes sandboxes from the wasm module that `load` gives. It is loaded once, with the first
 * sandbox; a failed load is tried again with the next.
 */
export function createSandboxWith(load: () => Promise<SandboxModule>): CreateSandbox {
  let loading: Promise<SandboxModule> | undefined;
  return async (options = {}) => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    const { SandboxCore } = await loading;
    return new Sandbox(typed(() => new SandboxCore(options, Date.now())));
  };
}

/**
 * An in-memory respond.io: the operations of the Developer API v2 below `/v2` of any origin, those of
 * `respond-io-wasm/live` below `/live/v2`, and what a test wants beside them.
 *
 * @example
 * const sandbox = await createSandbox({ seed: { count: 100 } });
 * const client = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch });
 * sandbox.faults.add({ operation: 'getContact', count: 1, kind: { type: 'status', status: 503 } });
 * const contact = await client.contacts.get('id:1');
 * sandbox.journal().map((entry) => entry.status); // [503, 200]
 */
export class Sandbox {
  readonly #core: SandboxCore;
  readonly #dispatch: Dispatch;

  /** Use `createSandbox`. @internal */
  constructor(core: SandboxCore) {
    this.#core = core;
    this.#dispatch = new Dispatch(core);
    this.webhooks = new Webhooks((command) => this.control(command), this.#dispatch);
  }

  /** The sandbox in the shape of the global `fetch`; it needs no `this` and reaches no network. */
  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const { signal: given, ...rest } = init ?? {};
    // The caller's own signal: the copy that a Request makes is lost when the Request is collected as garbage.
    const signal = given ?? (given === undefined && input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    const request = new Request(input, rest);
    const body = new Uint8Array(await request.arrayBuffer());
    signal?.throwIfAborted();
    const response = this.respond(request.method, request.url, [...request.headers], body);
    if (response.delayMs > 0) await delay(response.delayMs, signal);
    if (response.fault === 'reset_before' || response.fault === 'reset_after') {
      throw new TypeError('fetch failed', { cause: new Error('the connection was reset') });
    }
    const { status, headers } = response;
    if (response.fault === 'stall') return new Response(stalled(response.body, signal), { status, headers });
    const hasBody = response.body.length > 0 && !WITHOUT_BODY.has(status);
    return new Response(hasBody ? response.body : null, { status, headers });
  };

  /** Answers one request at once; delays, resets and stalls are told and left to the caller, as a server needs it. */
  respond(
    method: string,
    url: string,
    headers: readonly (readonly [name: string, value: string])[],
    body: Uint8Array,
  ): SandboxResponse {
    const response = typed(() => this.#core.handle(method, url, headers, body, Date.now()) as SandboxResponse);
    this.#dispatch.start();
    return response;
  }

  /** Carries out a command, as the methods below do. */
  control<C extends Command>(command: C): CommandResults[C['command']] {
    const result = typed(() => this.#core.control(command, Date.now()) as CommandResults[C['command']]);
    if (command.command === 'reset') this.#dispatch.reset();
    this.#dispatch.start();
    return result;
  }

  /**
   * Makes up contacts with names, emails, phone numbers, tags, custom fields, conversations and messages: 100,000 at
   * most. The same number `seed` on the same workspace makes the same contacts.
   *
   * @returns How many contacts were made.
   */
  seed(count: number, seed = 1): number {
    return this.control({ command: 'seed', count, seed });
  }

  /** The workspace at this moment; clock, limits, tokens, faults, webhooks and journals are not part of it. */
  snapshot(): Snapshot {
    return this.control({ command: 'snapshot' });
  }

  /** Puts the workspace back to a snapshot; no webhook is told. */
  restore(snapshot: Snapshot): void {
    this.control({ command: 'restore', snapshot });
  }

  /** Puts everything back to what it was when the sandbox was made; what is under way to webhooks is forgotten. */
  reset(): void {
    this.control({ command: 'reset' });
  }

  /**
   * Takes a message from a contact and opens the conversation; without a channel it comes over the one that was used
   * last, or else over the workspace's first.
   *
   * @example
   * sandbox.receive('email:aida@example.com', { type: 'text', text: 'Is my order there?' });
   */
  receive(contact: Identifier, content: MessageContentInput, channelId?: number): ReceivedMessage {
    return this.control({ command: 'receive', contact: textOf(contact), content, channelId });
  }

  /** Brings a contact to another lifecycle stage, or to none, as a user does. */
  setLifecycle(contact: Identifier, stage: string | null): void {
    this.control({ command: 'lifecycle', contact: textOf(contact), stage });
  }

  /** The sandbox's clock, by which messages are delivered and the request limit counts. */
  readonly clock = {
    /** The time, in Unix milliseconds. */
    now: (): number => this.control({ command: 'clock.now' }),
    /** Stops the clock at a Unix time in milliseconds, or where it is; gives the time. */
    freeze: (at?: number): number => this.control({ command: 'clock.freeze', at }),
    /** Moves the clock forward, frozen or not; gives the time. */
    advance: (ms: number): number => this.control({ command: 'clock.advance', ms }),
    /** Lets the clock run again, from where it stands; gives the time. */
    resume: (): number => this.control({ command: 'clock.resume' }),
  };

  /** Faults on purpose. */
  readonly faults = {
    /** Puts a fault in force; gives its number. */
    add: (fault: Fault): number => this.control({ command: 'fault.add', fault }),
    /** Ends the fault with this number, or all; gives how many ended. */
    clear: (id?: number): number => this.control({ command: 'fault.clear', id }),
  };

  /** Who is told what happens. */
  readonly webhooks: Webhooks;

  /** The exchanges with a number greater than `since`, of the last 10,000 or 32 MiB of bodies. */
  journal(since = 0): JournalEntry[] {
    return this.control({ command: 'journal', since });
  }

  /** Forgets all exchanges; their numbers go on. */
  clearJournal(): void {
    this.control({ command: 'journal.clear' });
  }

  /** Sets the request limit, whose windows begin empty, or the tokens; what is left out stays as it is. */
  configure(settings: SandboxSettings): void {
    this.control({ command: 'configure', ...settings });
  }
}

function textOf(contact: Identifier): string {
  if (typeof contact === 'string') return contact;
  return Object.entries(contact)
    .filter(([, value]) => value !== undefined)
    .map(([kind, value]) => `${kind}:${value}`)
    .join();
}

/** Runs a call into wasm; what it throws becomes a {@link SandboxError}. */
function typed<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw SandboxError.from(error);
  }
}

function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** A body that begins and never ends, unless the request is aborted. */
function stalled(start: Uint8Array<ArrayBuffer>, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (start.length > 0) controller.enqueue(start);
      signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
    },
  });
}
