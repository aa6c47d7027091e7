// The phases of a call in which its signal may abort it: each brings a call there and keeps it there.
// As a program, `node phases.mjs NAME` aborts a call in that phase and prints the name of its error.

import { pathToFileURL } from 'node:url';
import { RespondIO } from 'respond-io-wasm';

const never = () => new Promise(() => {});
const stalled = (status) => async () =>
  new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array([123])) }), { status });
const limited = async () => new Response('', { status: 429, headers: { 'retry-after': '50' } });
const failed = async () => new Response('', { status: 503, headers: { 'retry-after': '50' } });
const full = { limit: 1, windowMs: 60_000 };

/**
 * By name: options of the client, what is known of a send and of a get that were aborted there, how many requests were
 * sent, the status where one is known, and how many calls were made before.
 */
export const PHASES = {
  'waiting for the token': { options: { apiToken: never }, send: 'not_sent', get: 'not_sent', attempts: 0 },
  'in the queue': { options: { rateLimit: full }, before: 1, send: 'not_sent', get: 'not_sent', attempts: 0 },
  fetching: { options: { fetch: never }, send: 'unknown', get: 'unknown', attempts: 1 },
  'reading the body of a 200': {
    options: { fetch: stalled(200) },
    send: 'applied',
    get: 'applied',
    attempts: 1,
    statusCode: 200,
  },
  'reading the body of a 400': { options: { fetch: stalled(400) }, send: 'rejected', get: 'rejected', attempts: 1 },
  'reading the body of a 500': { options: { fetch: stalled(500) }, send: 'unknown', get: 'unknown', attempts: 1 },
  'waiting after a 429': { options: { fetch: limited }, send: 'rejected', get: 'rejected', attempts: 1 },
  'waiting after a 503': { options: { fetch: failed }, get: 'unknown', attempts: 1 },
};

/** The two kinds of calls. */
export const CALLS = {
  get: (client, options) => client.contacts.get('id:1', options),
  send: (client, options) => client.messaging.send('id:1', { message: { type: 'text', text: 'Hello' } }, options),
};

/** Begins a call, which the signal aborts once it is in its phase; the long times show timers that are left. */
export async function begin(phase, kind, signal) {
  const { options, before = 0 } = PHASES[phase];
  const fetch = async () => new Response('{"messageId":1}');
  const times = { timeout: 60_000, totalTimeout: 120_000, stallTimeout: 60_000 };
  const client = new RespondIO({ apiToken: 'token', fetch, responseValidation: 'off', ...times, ...options });
  for (let i = 0; i < before; i++) await CALLS[kind](client);
  return { client, call: CALLS[kind](client, { signal }) };
}

async function main(phase) {
  const controller = new AbortController();
  const { call } = await begin(phase, 'get', controller.signal);
  setTimeout(() => controller.abort(), 50);
  await call.catch(({ name }) => console.log(name));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(process.argv[2]);
