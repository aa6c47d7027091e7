import { orAborted } from '../time.js';
import type { SandboxCore } from './types.js';
import type { WebhookDelivery, WebhookReceiver } from './webhook-types.js';

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 5_000;
/** How long a delivery that is held back waits for the next one, in milliseconds. */
const HOLD_MS = 1_000;
/** How late timers may be, in milliseconds. */
const LATE_MS = 1_000;

/** What sends the deliveries to one webhook, one at a time. */
interface Line {
  /** By when the next step is over, in Unix milliseconds, unless it never ends: with a request of a Worker, say. */
  until: number;
  /** Tells it that another delivery waits. */
  wake: () => void;
}

/** Sends what waits in a sandbox: to each webhook in order, to all of them at once. */
export class Dispatch {
  readonly #core: SandboxCore;
  readonly #lines = new Map<number, Line>();
  readonly #receivers = new Map<number, WebhookReceiver>();
  readonly #settled: (() => void)[] = [];

  constructor(core: SandboxCore) {
    this.#core = core;
  }

  /** Calls a function with what would be sent to the URL of a webhook. */
  receive(hook: number, receiver: WebhookReceiver): void {
    this.#receivers.set(hook, receiver);
  }

  /** Begins to send whatever waits, and does not wait for it. */
  start(): void {
    for (const [hook, { until }] of this.#lines) {
      if (Date.now() > until) this.#end(hook);
    }
    for (const hook of this.#core.awaited()) {
      const line = this.#lines.get(hook);
      if (line) line.wake();
      else void this.#work(hook);
    }
  }

  /** Forgets what is under way, and who receives. */
  reset(): void {
    this.#receivers.clear();
    for (const hook of this.#lines.keys()) this.#end(hook);
  }

  /** Waits until nothing waits or is under way. */
  async settled(): Promise<void> {
    // The timers of deliveries keep no process alive, and a line may never end; who waits sees to both.
    const timer = setInterval(() => this.start(), LATE_MS);
    while (this.#lines.size > 0) await new Promise<void>((resolve) => this.#settled.push(resolve));
    clearInterval(timer);
  }

  async #work(hook: number): Promise<void> {
    const line: Line = { until: Date.now() + LATE_MS, wake: () => {} };
    this.#lines.set(hook, line);
    // Whoever made the event happen has the answer first.
    await Promise.resolve();
    for (let delivery = this.#next(hook, line); delivery; delivery = this.#next(hook, line)) {
      if (delivery.disturbance === 'reorder') await this.#overtake(hook, line);
      await this.#send(delivery, line);
    }
    if (this.#isOpen(hook, line)) this.#end(hook);
  }

  /** The next delivery; none where another line goes on from here. */
  #next(hook: number, line: Line): WebhookDelivery | null {
    return this.#isOpen(hook, line) ? (this.#core.nextDelivery(hook) as WebhookDelivery | null) : null;
  }

  /** Sends the delivery after the one that is held back, if it comes in time. */
  async #overtake(hook: number, line: Line): Promise<void> {
    line.until = Date.now() + HOLD_MS + LATE_MS;
    if (!this.#core.awaited().includes(hook)) await this.#arrival(line);
    const next = this.#next(hook, line);
    if (next) await this.#send(next, line);
  }

  /** Waits for another delivery, but not for long. */
  #arrival(line: Line): Promise<void> {
    return new Promise((resolve) => {
      const timer = idleTimer(resolve, HOLD_MS);
      line.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #send(delivery: WebhookDelivery, line: Line): Promise<void> {
    const { seq, hook, delayMs } = delivery;
    line.until = Date.now() + delayMs + ANSWER_MS + LATE_MS;
    if (delayMs > 0) await new Promise<void>((resolve) => void idleTimer(resolve, delayMs));
    if (!this.#isOpen(hook, line)) return;
    const answer = await answerTo(delivery, this.#receivers.get(hook) ?? ((request) => fetch(request)));
    if (this.#isOpen(hook, line)) this.#core.delivered(seq, answer.status, answer.error ?? '');
  }

  #isOpen(hook: number, line: Line): boolean {
    return this.#lines.get(hook) === line;
  }

  #end(hook: number): void {
    this.#lines.delete(hook);
    for (const resolve of this.#settled.splice(0)) resolve();
  }
}

/** Sends a delivery; gives the status that answers it, or why none does. */
async function answerTo(
  { url, body, signature }: WebhookDelivery,
  receive: WebhookReceiver,
): Promise<{ status?: number; error?: string }> {
  const overdue = new AbortController();
  const timer = idleTimer(() => overdue.abort(new Error(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS);
  try {
    const headers = { 'content-type': 'application/json', 'x-webhook-signature': signature };
    const request = new Request(url, { method: 'POST', headers, body, redirect: 'manual', signal: overdue.signal });
    const response = await orAborted(receive(request), overdue.signal);
    if (typeof response?.status !== 'number') throw new TypeError('the receiver gave no response');
    // A body that nobody reads would keep its connection.
    response.body?.cancel().catch(() => {});
    return { status: response.status };
  } catch (error) {
    return { error: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

/** A timer that keeps no process alive. */
function idleTimer(callback: () => void, ms: number): ReturnType<typeof setTimeout> {
  const timer = setTimeout(callback, ms);
  (timer as { unref?(): void }).unref?.();
  return timer;
}
