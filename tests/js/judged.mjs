// What must come of an answer, judged without the package: by JSON.parse and by the bounds that it documents.

import assert from 'node:assert/strict';
import { InternalError, RespondIOError } from 'respond-io-wasm';

/** How deep a document may be nested. */
export const MAX_DEPTH = 100;

/** What JSON.parse makes of a text, as `{ value }`; undefined where it is no JSON. */
export function parsed(text) {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Asserts that a value is another: kinds, prototypes, own fields, their order. */
export function assertSame(value, expected, message) {
  assert.deepStrictEqual(value, expected, message);
  assert.equal(JSON.stringify(value), JSON.stringify(expected), message);
}

/** Asserts that an error is one that the package means to throw. */
export function assertTyped(error, message) {
  assert.ok(error instanceof RespondIOError, `${message}: ${error?.stack ?? error}`);
  assert.ok(!(error instanceof InternalError), `${message}: ${error.stack}`);
}

/** Asserts that a body was refused for a reason that it has. */
export function assertRefused(error, bytes) {
  const text = decoded(bytes);
  const raw = Buffer.from(bytes).toString('latin1');
  const shown = () => `${error.rule} at '${error.path}': ${raw.slice(0, 500)}`;
  const json = text === undefined ? undefined : parsed(text);
  switch (error.rule) {
    case 'syntax':
    case 'truncated':
      // What is no UTF-8 may break the grammar as well.
      return assert.equal(json, undefined, shown());
    case 'encoding':
      return assert.equal(text, undefined, shown());
    case 'depth':
      return assert.ok(deepest(bytes) > MAX_DEPTH, shown());
    case 'unsafe_integer':
      // Where it is cannot be looked up: a later member of the same name may have taken its place.
      return assert.match(raw, /\d{16}|\de\+?\d{2}/i, shown());
    case 'kind':
      // A page without a list of items cannot be handed over.
      return assert.ok(error.operation === 'listContacts' && error.path === 'items', shown());
    default:
      return assert.fail(shown());
  }
}

/** The text of bytes, without a byte order mark; undefined where they are no UTF-8. */
export function decoded(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** How deep the brackets outside of strings are nested. */
export function deepest(bytes) {
  let depth = 0;
  let deepest = 0;
  for (const [token] of Buffer.from(bytes)
    .toString('latin1')
    .matchAll(/"(?:[^"\\]|\\.)*"?|[[{\]}]/gs)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
    else if (token === ']' || token === '}') depth -= 1;
  }
  return deepest;
}
