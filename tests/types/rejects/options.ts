// Options that do not exist or have another kind, and parts of the package that are nobody's.
import { RespondIO } from 'respond-io-wasm';

declare const client: RespondIO;
declare const controller: AbortController;

// @ts-expect-error
new RespondIO('token');
// @ts-expect-error
RespondIO({ apiToken: 'token' });
// @ts-expect-error
new RespondIO({ token: 'token' });
// @ts-expect-error
new RespondIO({ apitoken: 'token' });
// @ts-expect-error
new RespondIO({ apiToken: 1 });
// @ts-expect-error
new RespondIO({ apiToken: null });
// @ts-expect-error
new RespondIO({ apiToken: async () => 1 });
// @ts-expect-error
new RespondIO({ baseURL: 'https://api.respond.io/v2' });
// @ts-expect-error
new RespondIO({ baseUrl: new URL('https://api.respond.io/v2') });
// @ts-expect-error
new RespondIO({ timeout: '30s' });
// @ts-expect-error
new RespondIO({ maxRetry: 2 });
// @ts-expect-error
new RespondIO({ maxRetries: false });
// @ts-expect-error
new RespondIO({ headers: { 'x-trace': 1 } });
// @ts-expect-error
new RespondIO({ responseValidation: 'strict' });
// @ts-expect-error
new RespondIO({ fetch: () => 'response' });
// @ts-expect-error
new RespondIO({ dangerouslyAllowBrowser: 'yes' });
// @ts-expect-error
new RespondIO({ maxResponseBytes: 16n });

// @ts-expect-error
new RespondIO({ totalTimeout: '1m' });
// @ts-expect-error
new RespondIO({ stallTimeoutMs: 1000 });
// @ts-expect-error
new RespondIO({ stallTimeout: null });
// @ts-expect-error
new RespondIO({ maxRetryDelay: 1000 });
// @ts-expect-error
new RespondIO({ retryUnsafe: 'yes' });
// @ts-expect-error
new RespondIO({ rateLimit: 5 });
// @ts-expect-error
new RespondIO({ rateLimit: true });
// @ts-expect-error
new RespondIO({ rateLimit: { limits: 5 } });
// @ts-expect-error
new RespondIO({ rateLimit: { windowMs: '1s' } });
// @ts-expect-error
new RespondIO({ rateLimit: { key: 'path' } });
// @ts-expect-error
new RespondIO({ rateLimit: { key: ({ path }) => path } });
// @ts-expect-error
new RespondIO({ rateLimit: { key: ({ id }) => id.length } });
// @ts-expect-error
new RespondIO({ rateLimit: { group: 1 } });
// @ts-expect-error
new RespondIO({ rateLimit: { maxWait: 1000 } });
// @ts-expect-error
new RespondIO({ rateLimit: { maxQueue: null } });

// @ts-expect-error
client.contacts.get('id:1', { timeOut: 1 });
// @ts-expect-error
client.contacts.get('id:1', { totalTimeout: '1m' });
// @ts-expect-error
client.contacts.get('id:1', { retryUnsafe: 1 });
// @ts-expect-error
client.contacts.get('id:1', { stallTimeout: 1 });
// @ts-expect-error
client.contacts.get('id:1', { rateLimit: false });
// @ts-expect-error
client.contacts.get('id:1', { onRequest() {} });
// @ts-expect-error
client.contacts.get('id:1', { timeout: '1' });
// @ts-expect-error
client.contacts.get('id:1', { retries: 1 });
// @ts-expect-error
client.contacts.get('id:1', { signal: controller });
// @ts-expect-error
client.contacts.get('id:1', { headers: ['x-trace', '1'] });
// @ts-expect-error
client.contacts.get('id:1', { apiToken: 'token' });
// @ts-expect-error
client.contacts.list({ signal: controller.signal });
// @ts-expect-error
client.contacts.create({}, controller.signal);
// @ts-expect-error
client.customFields.list({ timeOut: 1 });

// @ts-expect-error
client.contact.get('id:1');
// @ts-expect-error
client.contacts.remove('id:1');
// @ts-expect-error
client.contacts = new RespondIO().contacts;

// @ts-expect-error
export type Engine = import('respond-io-wasm').Engine;
// @ts-expect-error
export type MakeCall = typeof import('respond-io-wasm').makeCall;
// @ts-expect-error
export type CreateSandbox = typeof import('respond-io-wasm').createSandbox;
// @ts-expect-error
export type Inner = import('respond-io-wasm/types/engine.js').Engine;
