// A proxy that offers little, and a judge of what an attack on it came to.

import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { optionsFor, sandboxed, TOKEN } from './scene.mjs';

export const LISTED = 'https://partner.example';
/** The session that may call. */
export const COOKIE = 'session=good';

/** A proxy under attack, before a sandbox that writes down what arrives. */
export async function attacked({ createProxy, name, allow, permitted }) {
  const sandbox = await sandboxed({ surface: name });
  const proxy = createProxy(
    optionsFor(sandbox, {
      allow,
      authorize: (request) => request.headers.get('cookie')?.split('; ').includes(COOKIE) ?? false,
      cors: { origins: [LISTED] },
      bodyTimeoutMs: 300,
    }),
  );
  return { sandbox, proxy, permitted };
}

/** How many attacks came to what. */
export const figures = { refused: 0, harmless: 0 };

/**
 * Judges an attack: refused where it was answered with an error and nothing arrived; harmless where exactly one
 * permitted request arrived, with the client's own headers and no others.
 *
 * @param {{ sandbox: import('respond-io-wasm/sandbox').Sandbox, permitted: RegExp[] }} target - Where requests arrive,
 *   and which may.
 * @param {{ status: number, bytes: string }} answer - The last status, and all that came back.
 * @param {'refused' | 'harmless'} expected - What it must be.
 */
export function judge({ sandbox, permitted }, { status, bytes }, expected) {
  const arrived = sandbox.journal();
  sandbox.clearJournal();
  assert.ok(!bytes.includes(TOKEN), 'the token came back');
  for (const entry of arrived) assertPermitted(entry, permitted);
  assert.ok(!arrived.some((entry) => entry.status === 401), 'another token arrived');
  const verdict = arrived.length === 0 ? (status >= 400 ? 'refused' : 'nothing') : 'harmless';
  assert.equal(verdict, expected, inspect({ status, bytes, arrived: arrived.map(({ url }) => url) }));
  assert.ok(arrived.length <= 1, 'more than one request arrived');
  figures[verdict] += 1;
}

function assertPermitted({ method, url, requestHeaders, requestBody }, permitted) {
  assert.ok(
    permitted.some((pattern) => pattern.test(`${method} ${url}`)),
    `${method} ${url} arrived`,
  );
  const own = [
    ['accept', 'application/json'],
    // The sandbox, which takes no other, writes down that there was a token.
    ['authorization', '[redacted]'],
    ...(requestBody ? [['content-type', 'application/json']] : []),
  ];
  assert.deepEqual(Object.fromEntries(requestHeaders), Object.fromEntries(own));
  if (method === 'POST') assert.equal(JSON.parse(requestBody).message.type, 'text');
  else assert.equal(requestBody, '');
}

/** Everything of a response: status, headers and body. */
export async function whole(response) {
  const head = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return {
    status: response.status,
    bytes: `${response.status} ${response.statusText}\n${head}\n\n${await response.text()}`,
  };
}
