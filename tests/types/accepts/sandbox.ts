// The sandbox, in-process and served.
import { RespondIO } from 'respond-io-wasm';
import {
  createSandbox,
  type Fault,
  type FaultKind,
  type JournalEntry,
  type ReceivedMessage,
  type Sandbox,
  SandboxError,
  type SandboxOptions,
  type Snapshot,
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
export const refused: boolean = new Error() instanceof SandboxError;

export const served: ServerOptions = { port: 0, host: '127.0.0.1', ...options };
exactly<Promise<SandboxServer>>()(serveSandbox(served));
