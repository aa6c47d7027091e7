// What the clients send and what the sandbox answers, both through the independent validators.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as library from 'respond-io-wasm';
import { createSandbox } from 'respond-io-wasm/sandbox';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { DEMO } from '../../scripts/demo.mjs';
import { checkJournal } from './check-journal.mjs';
import { OPERATIONS, validatedFetch, validateExchange } from './validate.mjs';

const IDS = OPERATIONS.map(({ id }) => id).sort();
const BASE_URL = 'https://api.respond.io/v2';

test('the JavaScript client and the sandbox in-process', async () => {
  const sandbox = await createSandbox({ rateLimit: false });
  const { fetch, exchanges } = validatedFetch(sandbox.fetch, BASE_URL);
  const client = new library.RespondIO({ apiToken: 'sandbox', fetch, responseValidation: 'throw' });
  const scene = { client, library, sandbox, memory: {} };
  for (const show of Object.values(DEMO)) await show(scene);
  assert.deepEqual(
    exchanges.filter(({ problems }) => problems.length > 0),
    [],
  );
  assert.deepEqual([...new Set(exchanges.map(({ operation }) => operation))].sort(), IDS);
  assert.ok(exchanges.length > 20);
});

test('the JavaScript client and the sandbox over HTTP, by the journal', async () => {
  const server = await serveSandbox({ port: 0, rateLimit: false });
  try {
    const client = new library.RespondIO({ apiToken: 'sandbox', baseUrl: `${server.url}/v2` });
    const scene = { client, library, sandbox: server.sandbox, memory: {} };
    for (const show of Object.values(DEMO)) await show(scene);
    const counts = await checkJournal(server.url);
    assert.deepEqual(Object.keys(counts).sort(), IDS);
  } finally {
    await server.close();
  }
});

test('a seeded workspace, page by page', async () => {
  const sandbox = await createSandbox({ rateLimit: false, seed: { count: 1000 } });
  const { fetch, exchanges } = validatedFetch(sandbox.fetch, BASE_URL);
  const client = new library.RespondIO({ apiToken: 'sandbox', fetch });
  let contacts = 0;
  for await (const _ of client.contacts.list()) contacts += 1;
  for (let id = 1; id <= 50; id++) await client.contacts.listChannels(`id:${id}`);
  assert.equal(contacts, 1000);
  assert.equal(exchanges.length, 10 + 50);
  assert.deepEqual(
    exchanges.flatMap(({ problems }) => problems),
    [],
  );
});

test('every request of the table of behaviour cases, which both clients send', () => {
  const cases = JSON.parse(readFileSync(new URL('../behaviour/cases.json', import.meta.url), 'utf8'));
  const requests = cases.filter(({ request }) => request);
  for (const { name, operation, request } of requests) {
    const [method, url, body] = request;
    const exchange = { method, url, requestBody: body === undefined ? '' : JSON.stringify(body) };
    assert.deepEqual(validateExchange(exchange), { operation, problems: [] }, name);
  }
  assert.deepEqual([...new Set(requests.map(({ operation }) => operation))].sort(), IDS);
});
