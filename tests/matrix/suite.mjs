// What every runtime runs: all operations over HTTP and in-process, cancellation, an error of each class, iteration.

import * as library from 'respond-io-wasm';
import { createSandbox } from 'respond-io-wasm/sandbox';
import { DEMO } from '../../scripts/demo.mjs';
import { expect, expectEqual, expectRejected } from '../../scripts/expect.mjs';

const { RespondIO } = library;
const OPTIONS = { apiToken: 'sandbox', rateLimit: false, responseValidation: 'throw', dangerouslyAllowBrowser: true };
const REFUSALS = {
  BadRequestError: [400, library.BadRequestError],
  AuthenticationError: [401, library.AuthenticationError],
  PermissionError: [403, library.PermissionError],
  NotFoundError: [404, library.NotFoundError],
  ConflictError: [409, library.ConflictError],
  RateLimitError: [429, library.RateLimitError],
  ServerError: [500, library.ServerError],
  StatusError: [418, library.StatusError],
};

/** The names of all checks, in their order. */
export const NAMES = () => [
  'InternalError',
  ...Object.keys(DEMO).map((id) => `${id} over HTTP`),
  ...Object.keys(CHECKS),
  ...Object.keys(REFUSALS),
  'every entry',
];

/**
 * Runs the suite.
 *
 * @param {string} url - A sandbox over HTTP, without contacts, whose commands this may give.
 * @param {Record<string, object>} entries - What the package's entries export here.
 * @returns {Promise<{ name: string, error?: string }[]>} A row for each check, with what went wrong in it.
 */
export async function suite(url, entries) {
  const sandbox = remote(url);
  const client = new RespondIO({ ...OPTIONS, baseUrl: `${url}/v2` });
  // Before anything has loaded the engine.
  const rows = [await row('InternalError', trap)];
  const scene = { client, library, sandbox, url, memory: {} };
  for (const [id, show] of Object.entries(DEMO)) rows.push(await row(`${id} over HTTP`, () => show(scene)));
  for (const [name, check] of Object.entries(CHECKS)) rows.push(await row(name, () => check(scene)));
  for (const name of Object.keys(REFUSALS)) rows.push(await row(name, () => refused(name, scene)));
  rows.push(await row('every entry', () => checkEntries(entries)));
  return rows;
}

/** The engine traps once, as a mistake in it would make it, and the next call has a new one. */
async function trap() {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (module, imports) => {
    // Node's own fetch has a module as well, which takes imports.
    if (imports) return instantiate(module, imports);
    WebAssembly.instantiate = instantiate;
    throw new WebAssembly.RuntimeError('unreachable');
  };
  const client = new RespondIO({ ...OPTIONS, fetch: async () => new Response('{"id":1}') });
  await expectRejected(client.contacts.get('id:1'), library.InternalError);
  expectEqual(await client.contacts.get('id:1'), { id: 1 });
}

const CHECKS = {
  async 'the sandbox in-process'() {
    const sandbox = await createSandbox({ rateLimit: false });
    const client = new RespondIO({ ...OPTIONS, fetch: sandbox.fetch });
    const scene = { client, library, sandbox, memory: {} };
    for (const show of Object.values(DEMO)) await show(scene);
    const asked = new Set(sandbox.journal().map(({ operation }) => operation));
    expectEqual([...asked].sort(), Object.keys(DEMO).sort());
  },
  async 'a signal aborts a call on its way'({ client, sandbox }) {
    await sandbox.fault('getContact', { type: 'delay', ms: 2_000 });
    const start = performance.now();
    const controller = new AbortController();
    const call = client.contacts.get('id:1', { signal: controller.signal });
    setTimeout(() => controller.abort('enough'), 100);
    const error = await call.catch((error) => error);
    expect(error instanceof library.AbortError && error.cause === 'enough', String(error));
    expect(performance.now() - start < 1_500, performance.now() - start);
  },
  async 'a signal that has aborted sends nothing'({ client }) {
    const error = await client.contacts.get('id:1', { signal: AbortSignal.abort('no') }).catch((error) => error);
    expect(error instanceof library.AbortError && error.outcome === 'not_sent', String(error));
  },
  async 'an iteration crosses pages and may be left'({ client }) {
    const ids = new Set();
    for await (const { id } of client.contacts.list({ limit: 60 })) ids.add(id);
    // The demo has seeded these.
    expectEqual(ids.size, 250);
    let count = 0;
    for await (const _ of client.contacts.list({ limit: 10 })) if (++count === 15) break;
    expectEqual(count, 15);
  },
  async 'a page knows the next'({ client }) {
    const page = await client.contacts.list({ limit: 100 });
    expect(page.items.length === 100 && page.hasNextPage(), page.items.length);
  },
  async 'a page that is too large is not read to its end'({ url }) {
    const client = new RespondIO({ ...OPTIONS, baseUrl: `${url}/v2`, maxResponseBytes: 20_000 });
    const error = await client.contacts.list({ limit: 100 }).catch((error) => error);
    expect(error instanceof library.DecodeError && error.rule === 'too_large', String(error));
    expectEqual((await client.contacts.list({ limit: 10 })).items.length, 10);
  },
  async ConnectionError({ client, sandbox }) {
    // However often the runtime repeats it on its own.
    await sandbox.fault('sendMessage', { type: 'reset_before' }, null);
    const sent = client.messaging.send('id:2', { channelId: 1, message: { type: 'text', text: 'Hello!' } });
    await expectRejected(sent, library.ConnectionError);
    await sandbox.calm();
  },
  async TimeoutError({ client, sandbox }) {
    await sandbox.fault('getContact', { type: 'delay', ms: 2_000 });
    await expectRejected(client.contacts.get('id:2', { timeout: 100, maxRetries: 0 }), library.TimeoutError);
  },
  async DecodeError({ client, sandbox }) {
    await sandbox.fault('createTag', { type: 'garble' });
    const error = await client.tags.create({ name: 'garbled' }).catch((error) => error);
    expect(error instanceof library.DecodeError && error.outcome === 'applied', String(error));
  },
  async ValidationError({ client }) {
    await expectRejected(client.contacts.get('aida'), library.ValidationError);
  },
};

/** A status becomes its class. */
async function refused(name, { client, sandbox }) {
  const [status, Class] = REFUSALS[name];
  await sandbox.fault('listCustomFields', { type: 'status', status });
  const error = await client.customFields.list({ maxRetries: 0 }).catch((error) => error);
  expect(error instanceof Class && error instanceof library.RespondIOError, String(error));
  expectEqual([error.name, error.statusCode], [name, status]);
}

/** Whatever an entry exports is there, classes are the same across entries, and each has the module that it needs. */
async function checkEntries(entries) {
  expect('.' in entries && Object.keys(entries).length > 1, Object.keys(entries));
  for (const [name, exported] of Object.entries(entries)) {
    expect(Object.keys(exported).length > 0, name);
    for (const [key, value] of Object.entries(exported)) expect(value !== undefined, `${name} ${key}`);
    if (exported.RespondIOError) expect(exported.RespondIOError === library.RespondIOError, name);
    if (exported.RespondIO) await answers(exported);
    if (exported.createSandbox) await exported.createSandbox();
  }
}

/** A client of an entry is answered, for which it loads its module. */
async function answers({ RespondIO, ready }) {
  await ready();
  const fetch = async () => Response.json({ id: 1 });
  const client = new RespondIO({ ...OPTIONS, responseValidation: 'off', fetch });
  expectEqual((await client.contacts.get('id:1')).id, 1);
}

/** The sandbox's control surface, over HTTP. */
function remote(url) {
  const control = async (command) => {
    const response = await fetch(`${url}/_sandbox/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  return {
    seed: (count) => control({ command: 'seed', count }),
    receive: (contact, content) => control({ command: 'receive', contact, content }),
    fault: (operation, kind, count = 1) =>
      control({ command: 'fault.add', fault: { operation, kind, ...(count && { count }) } }),
    calm: () => control({ command: 'fault.clear' }),
  };
}

async function row(name, check) {
  try {
    await check();
    return { name };
  } catch (error) {
    return { name, error: `${error.name}: ${error.message}` };
  }
}
