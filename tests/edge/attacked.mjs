// A proxy that offers little, and a judge of what an attack on it came to.

import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { createProxy } from 'respond-io-wasm/proxy';
import { optionsFor, sandboxed, TOKEN } from './scene.mjs';

export const LISTED = 'https://partner.example';
/** The session that may call. */
export const COOKIE = 'session=good';

/** What the proxy under attack offers. */
const ALLOW = {
  getContact: { identifier: 'id:1' },
  getMessage: { identifier: 'id:1', messageId: 7 },
  sendMessage: { identifier: 'id:1', message: { message: { type: 'text' } } },
  listContacts: { query: { limit: [5, 10] } },
  deleteTag: { tagId: 5 },
};
/** What may reach the service for it, and nothing else. */
const PERMITTED = [
  /^GET \/v2\/contact\/id:1$/,
  /^GET \/v2\/contact\/id:1\/message\/7$/,
  /^POST \/v2\/contact\/id:1\/message$/,
  /^GET \/v2\/contact\/list\?(cursorId=-?[1-9]\d*&)?limit=(5|10)(&cursorId=-?[1-9]\d*)?$/,
  /^DELETE \/v2\/tag\/5$/,
];

/** A proxy under attack, before a sandbox that writes down what arrives. */
export async function attacked(options = {}) {
  const sandbox = await sandboxed();
  const proxy = createProxy(
    optionsFor(sandbox, {
      allow: ALLOW,
      authorize: (request) => request.headers.get('cookie')?.split('; ').includes(COOKIE) ?? false,
      cors: { origins: [LISTED] },
      bodyTimeoutMs: 300,
      ...options,
    }),
  );
  return { sandbox, proxy };
}

/** How many attacks came to what. */
export const figures = { refused: 0, harmless: 0 };

/**
 * Judges an attack: refused where it was answered with an error and nothing arrived; harmless where exactly one
 * permitted request arrived, with the client's own headers and no others.
 *
 * @param {import('respond-io-wasm/sandbox').Sandbox} sandbox - Where requests arrive.
 * @param {{ status: number, bytes: string }} answer - The last status, and all that came back.
 * @param {'refused' | 'harmless'} expected - What it must be.
 */
export function judge(sandbox, { status, bytes }, expected) {
  const arrived = sandbox.journal();
  sandbox.clearJournal();
  assert.ok(!bytes.includes(TOKEN), 'the token came back');
  for (const entry of arrived) assertPermitted(entry);
  assert.ok(!arrived.some((entry) => entry.status === 401), 'another token arrived');
  const verdict = arrived.length === 0 ? (status >= 400 ? 'refused' : 'nothing') : 'harmless';
  assert.equal(verdict, expected, inspect({ status, bytes, arrived: arrived.map(({ url }) => url) }));
  assert.ok(arrived.length <= 1, 'more than one request arrived');
  figures[verdict] += 1;
}

function assertPermitted({ method, url, requestHeaders, requestBody }) {
  assert.ok(
    PERMITTED.some((permitted) => permitted.test(`${method} ${url}`)),
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
