// What each fault looks like to whoever calls, and whether the service has acted.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { FAULT_KINDS } from './faults.mjs';
import { serveProxy } from './proxy.mjs';
import { CALL_HEADER, DELAY_MS } from './settings.mjs';

let sandbox;
let proxy;
let fault;

before(async () => {
  sandbox = await serveSandbox({ port: 0, rateLimit: false, seed: { count: 1 } });
  proxy = await serveProxy(sandbox.url, () => fault);
});

after(async () => {
  proxy.close();
  await sandbox.close();
});

beforeEach(() => {
  sandbox.sandbox.clearJournal();
  proxy.arrivals.length = 0;
});

/** Sends a request that the fault hits. */
function send(headers = { [CALL_HEADER]: '7' }, signal = undefined) {
  return fetch(`${proxy.url}/v2/contact/id:1`, { headers: { authorization: 'Bearer sandbox', ...headers }, signal });
}

async function refused(status) {
  const response = await send();
  assert.equal(response.status, status);
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  assert.equal((await response.json()).status, status);
  return response;
}

const isReset = (error) => error instanceof TypeError && error.cause?.code === 'ECONNRESET';
const isContact = (value) => value.id === 1;

/** Each sends a request and checks what comes back. */
const SEEN = {
  async status_429() {
    fault.retryAfter = 1;
    assert.equal((await refused(429)).headers.get('retry-after'), '1');
  },
  status_500: () => refused(500),
  status_502: () => refused(502),
  async delay() {
    const start = performance.now();
    assert.ok(isContact(await (await send()).json()));
    assert.ok(performance.now() - start > DELAY_MS - 20);
  },
  reset_before: () => assert.rejects(send(), isReset),
  reset_after: () => assert.rejects(send(), isReset),
  async truncate() {
    await assert.rejects((await send()).json(), SyntaxError);
  },
  async garble() {
    const body = await (await send()).arrayBuffer();
    assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(body), TypeError);
  },
  async content_type() {
    const response = await send();
    assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.ok(isContact(await response.json()));
  },
  async stall() {
    const response = await send(undefined, AbortSignal.timeout(500));
    assert.equal(response.status, 200);
    await assert.rejects(response.text(), { name: 'TimeoutError' });
  },
};

describe('the proxy carries out', () => {
  for (const kind of FAULT_KINDS) {
    for (const acts of { status_500: [true, false], status_502: [true, false] }[kind] ?? [actsAlways(kind)]) {
      test(`${kind}, the service ${acts ? 'acts' : 'does not act'}`, async () => {
        fault = { kind, acts };
        await SEEN[kind]();
        await proxy.settled();
        assert.deepEqual(
          sandbox.sandbox.journal().map((entry) => entry.acted),
          acts ? [true] : [],
        );
        assert.deepEqual(
          proxy.arrivals.map(({ call, fault }) => [call, fault]),
          [[7, kind]],
        );
      });
    }
  }
});

function actsAlways(kind) {
  return !['status_429', 'reset_before'].includes(kind);
}

test('without a fault the answer passes as it is', async () => {
  fault = undefined;
  const response = await send();
  assert.equal(response.headers.get('content-type'), 'application/json');
  assert.ok(isContact(await response.json()));
});

test('the requests of a call are numbered', async () => {
  fault = undefined;
  for (const call of ['8', '9', '8']) await (await send({ [CALL_HEADER]: call })).text();
  assert.deepEqual(
    proxy.arrivals.map(({ call, arrival }) => [call, arrival]),
    [
      [8, 1],
      [9, 1],
      [8, 2],
    ],
  );
});

test('requests that name no call are neither counted nor hit', async () => {
  fault = { kind: 'status_500', acts: false };
  assert.ok(isContact(await (await send({})).json()));
  assert.deepEqual(proxy.arrivals, []);
});
