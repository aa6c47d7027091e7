// The sandbox, in-process and served.
import { RespondIO } from 'respond-io-wasm';
import {
  createSandbox,
  type Disturbance,
  type DisturbanceKind,
  type Fault,
  type FaultKind,
  type JournalEntry,
  type LiveSandboxOptions,
  type ReceivedMessage,
  type Sandbox,
  SandboxError,
  type SandboxOptions,
  type SandboxSurface,
  type Snapshot,
  type Webhook,
  type WebhookDelivery,
  type WebhookEvent,
  type WebhookFunction,
  type WebhookReceiver,
  type Webhooks,
  type WebhookTarget,
} from 'respond-io-wasm/sandbox';
import { type SandboxServer, type ServerOptions, serveSandbox } from 'respond-io-wasm/sandbox/server';
import { exactly } from '../exact.js';

export const options: SandboxOptions = { tokens: ['sandbox'], rateLimit: false, seed: { count: 10 }, freezeAt: 0 };
exactly<Promise<Sandbox>>()(createSandbox());
const sandbox = await createSandbox(options);
new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch });

export const kinds: FaultKind[] = [
  { type: 'status', status: 503, retryAfter: 1, message: 'Down' },
  { type: 'delay', ms: 10 },
  { type: 'reset_before' },
  { type: 'reset_after' },
  { type: 'truncate' },
  { type: 'garble' },
  { type: 'stall' },
];
export const fault: Fault = { operation: 'getContact', count: 1, kind: { type: 'delay', ms: 10 } };
exactly<number>()(sandbox.faults.add(fault));
exactly<number>()(sandbox.faults.clear());
exactly<number>()(sandbox.seed(10, 1));
exactly<Snapshot>()(sandbox.snapshot());
sandbox.restore(sandbox.snapshot());
exactly<ReceivedMessage>()(sandbox.receive('id:1', { type: 'text', text: 'Hello' }));
exactly<number>()(sandbox.receive({ id: 1 }, { type: 'text', text: 'Hello' }, 5).messageId);
exactly<number>()(sandbox.clock.advance(1000));
exactly<JournalEntry[]>()(sandbox.journal(3));
exactly<JournalEntry[]>()(sandbox.control({ command: 'journal' }));
exactly<null>()(sandbox.control({ command: 'reset' }));
sandbox.configure({ rateLimit: { limit: 5, windowMs: 1000 } });
sandbox.setLifecycle({ email: 'a@b.c' }, null);

export const receiver: WebhookReceiver = async (request) => new Response(await request.text());
export const toFunction: WebhookFunction = { deliver: receiver, key: 'k', events: ['message.sent'] };
export const toUrl: WebhookTarget = { url: 'https://a.example' };
export const disturbances: DisturbanceKind[] = [
  { type: 'tamper' },
  { type: 'duplicate' },
  { type: 'delay', ms: 5 },
  { type: 'reorder' },
];
export const disturbance: Disturbance = { hook: 1, count: 2, kind: { type: 'delay', ms: 5 } };
export const event: WebhookEvent = { event_type: 'contact.sneezed', loud: true };
export const { webhooks }: { webhooks: Webhooks } = sandbox;
exactly<{ id: number; key: string }>()(webhooks.add(toFunction));
exactly<{ id: number; key: string }>()(webhooks.add(toUrl));
webhooks.add({ deliver: () => new Response() });
exactly<Webhook[]>()(webhooks.list());
exactly<WebhookDelivery[]>()(webhooks.deliveries(3));
exactly<number>()(webhooks.emit(event));
exactly<number>()(webhooks.disturb(disturbance));
exactly<number>()(webhooks.calm());
exactly<Promise<void>>()(webhooks.settled());
exactly<WebhookDelivery[]>()(sandbox.control({ command: 'webhook.deliveries' }));
export const withWebhooks: SandboxOptions = { webhooks: [toUrl] };
export const surfaces: SandboxSurface[] = ['contract', 'live'];
export const live: LiveSandboxOptions = { contactNewMs: 3000, contactNewStatus: 404 };
export const ofLive: SandboxOptions = { surface: 'live', messagingWindow: true, live };
sandbox.faults.add({ operation: 'updateLifecycle', kind: { type: 'status', status: 449 } });
export const refused: boolean = new Error() instanceof SandboxError;

export const served: ServerOptions = { port: 0, host: '127.0.0.1', ...options };
exactly<Promise<SandboxServer>>()(serveSandbox(served));
