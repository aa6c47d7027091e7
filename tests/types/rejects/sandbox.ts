// Options, faults and commands that the sandbox does not know.
import { createSandbox, type Sandbox } from 'respond-io-wasm/sandbox';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';

declare const sandbox: Sandbox;

// @ts-expect-error
createSandbox({ seed: 10 });
// @ts-expect-error
createSandbox({ seed: { contacts: 10 } });
// @ts-expect-error
createSandbox({ rateLimit: true });
// @ts-expect-error
createSandbox({ token: 'sandbox' });
// @ts-expect-error
createSandbox().fetch;
// @ts-expect-error
createSandbox({ surface: 'vendor' });
// @ts-expect-error
createSandbox({ messagingWindow: 24 });
// @ts-expect-error
createSandbox({ live: true });
// @ts-expect-error
createSandbox({ live: { contactNew: 3000 } });
// @ts-expect-error
createSandbox({ contactNewMs: 3000 });
// @ts-expect-error
sandbox.faults.add({ operation: 'getContact' });
// @ts-expect-error
sandbox.faults.add({ kind: { type: 'status' } });
// @ts-expect-error
sandbox.faults.add({ kind: { type: 'delay', seconds: 1 } });
// @ts-expect-error
sandbox.faults.add({ kind: { type: 'stall', ms: 1 } });
// @ts-expect-error
sandbox.faults.add({ kind: { type: 'explode' } });
// @ts-expect-error
sandbox.receive('1', { type: 'text', text: 'Hello' });
// @ts-expect-error
sandbox.receive('id:1', { type: 'text' });
// @ts-expect-error
sandbox.control({ command: 'explode' });
// @ts-expect-error
sandbox.control({ command: 'clock.advance' });
// @ts-expect-error
sandbox.restore({});
// @ts-expect-error
sandbox.clock.advance('1s');
// @ts-expect-error
sandbox.journal()[0].status;
// @ts-expect-error
sandbox.setLifecycle('id:1');
// @ts-expect-error
sandbox.webhooks.add({});
// @ts-expect-error
sandbox.webhooks.add({ url: 'https://a.example', events: ['message.recieved'] });
// @ts-expect-error
sandbox.webhooks.add({ deliver: () => 200 });
// @ts-expect-error
sandbox.webhooks.emit({ event_type: 1 });
// @ts-expect-error
sandbox.webhooks.disturb({ type: 'tamper' });
// @ts-expect-error
sandbox.webhooks.disturb({ kind: { type: 'delay' } });
// @ts-expect-error
sandbox.webhooks.disturb({ kind: { type: 'reorder', ms: 1 } });
// @ts-expect-error
createSandbox({ webhooks: [{ deliver: () => new Response() }] });
// @ts-expect-error
serveSandbox({ port: '4010' });
// @ts-expect-error
serveSandbox({ seed: { count: 10 } }).url;
