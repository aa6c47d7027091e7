import type { Dispatch } from './dispatch.js';
import type { Command, CommandResults } from './types.js';
import type {
  Disturbance,
  Webhook,
  WebhookDelivery,
  WebhookEvent,
  WebhookFunction,
  WebhookTarget,
} from './webhook-types.js';

/** Where the requests of a webhook in-process seem to go. */
const NOWHERE = 'https://webhook.example/';

/**
 * The webhooks of a sandbox: they are told what happens through the API and by commands, each in order, one delivery
 * at a time, signed as the service does.
 *
 * @example
 * sandbox.webhooks.add({ deliver: () => new Response(), events: ['message.sent'] });
 * await client.messaging.send('id:1', { message: { type: 'text', text: 'Hello!' } });
 * await sandbox.webhooks.settled();
 * sandbox.webhooks.deliveries().map((delivery) => delivery.status); // [200]
 */
export class Webhooks {
  readonly #control: <C extends Command>(command: C) => CommandResults[C['command']];
  readonly #dispatch: Dispatch;

  /** Use `sandbox.webhooks`. @internal */
  constructor(control: <C extends Command>(command: C) => CommandResults[C['command']], dispatch: Dispatch) {
    this.#control = control;
    this.#dispatch = dispatch;
  }

  /** Adds a webhook, of which there are 20 at most; gives its number, and the key by which it is signed. */
  add(webhook: WebhookTarget | WebhookFunction): { id: number; key: string } {
    if (!('deliver' in webhook)) return this.#control({ command: 'webhook.add', webhook });
    const { deliver, url = NOWHERE, ...rest } = webhook;
    const added = this.#control({ command: 'webhook.add', webhook: { url, ...rest } });
    this.#dispatch.receive(added.id, deliver);
    return added;
  }

  /** Removes a webhook; what waits for it is given up. */
  remove(id: number): void {
    this.#control({ command: 'webhook.remove', id });
  }

  /** The webhooks, in the order in which they were added. */
  list(): Webhook[] {
    return this.#control({ command: 'webhook.list' });
  }

  /** Enables a webhook that was disabled, as the service does after 5 deliveries in a row without a 200. */
  enable(id: number): void {
    this.#control({ command: 'webhook.enable', id });
  }

  /** Sends the test delivery of the dashboard, which lacks an `event_type`, to a webhook, whatever it wants. */
  test(id: number): void {
    this.#control({ command: 'webhook.test', id });
  }

  /** Sends any event, as it is, to the webhooks that want it; gives how many do. */
  emit(event: WebhookEvent): number {
    return this.#control({ command: 'webhook.emit', event });
  }

  /** The deliveries with a number greater than `since`, of the last 10,000 or 32 MiB of bodies. */
  deliveries(since = 0): WebhookDelivery[] {
    return this.#control({ command: 'webhook.deliveries', since });
  }

  /** Puts a disturbance of deliveries in force; gives its number. */
  disturb(disturbance: Disturbance): number {
    return this.#control({ command: 'webhook.disturb', disturbance });
  }

  /** Ends the disturbance with this number, or all; gives how many ended. */
  calm(id?: number): number {
    return this.#control({ command: 'webhook.calm', id });
  }

  /** Waits until no delivery waits or is under way. */
  settled(): Promise<void> {
    return this.#dispatch.settled();
  }
}
