// The engine of browsers, which records nothing: it judges as that of servers does, and its values are JSON.parse's.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { browserEntry, streaming } from './browser-entry.mjs';
import { CROWDS } from './crowds.mjs';
import { Dice } from './dice.mjs';
import { ANSWERS, document, padded } from './documents.mjs';
import { bytes, FLAWS } from './flaws.mjs';
import { assertSame } from './judged.mjs';
import { CALLS as LIVE_CALLS } from './live-operations.mjs';
import { CALLS } from './operations.mjs';

const COUNT = 20_000;
/** How many operations each surface has. */
const SURFACES = { engine: CALLS.length, live: LIVE_CALLS.length };
const KINDS = Object.values(ANSWERS).filter((kind) => kind !== null);

/** What an engine says of a body: the rule that it breaks, where, and what would be right. */
async function judge(file) {
  const { module, exports } = await instanceOf(file);
  const text = (pair) => {
    const words = new Uint32Array(exports.memory.buffer, exports.output(), 4);
    return Buffer.from(exports.memory.buffer, words[2 * pair], words[2 * pair + 1]).toString();
  };
  const verdict = (operation, body) => {
    // First, since it may let the memory grow.
    const at = exports.reserve(body.length);
    new Uint8Array(exports.memory.buffer, at, body.length).set(body);
    const code = exports.response(operation, body.length);
    return code > 0 ? [code, text(0), text(1)] : [];
  };
  /** How long the table is that it leaves of a body. */
  const recorded = (operation, body) => {
    verdict(operation, body);
    return new Uint32Array(exports.memory.buffer, exports.output(), 13)[11];
  };
  return { module, recorded, verdict };
}

async function instanceOf(file) {
  const module = await WebAssembly.compile(readFileSync(new URL(`../../pkg/${file}`, import.meta.url)));
  const { exports } = await WebAssembly.instantiate(module);
  return { module, exports };
}

for (const [name, operations] of Object.entries(SURFACES)) {
  test(`${name}.browser.wasm judges ${COUNT} bodies as ${name}.wasm does`, async () => {
    const [ours, theirs] = [await judge(`${name}.browser.wasm`), await judge(`${name}.wasm`)];
    const dice = new Dice(7);
    const rules = new Map();
    for (let index = 0; index < COUNT; index++) {
      const [kind, operation] = [dice.pick(KINDS), dice.below(operations)];
      const whole = bytes(padded(dice, document(dice, kind)));
      const body = dice.oneIn(2) ? whole : Uint8Array.from(dice.pick(Object.values(FLAWS))(dice, whole));
      const verdict = ours.verdict(operation, body);
      assert.deepEqual(verdict, theirs.verdict(operation, body), Buffer.from(body).toString().slice(0, 3000));
      rules.set(verdict[0], (rules.get(verdict[0]) ?? 0) + 1);
    }
    // As it is, not JSON, cut off, too deep, an integer too large, something missing, another kind.
    for (const rule of [undefined, 1, 2, 3, 4, 10, 11]) assert.ok(rules.get(rule) > 20, `${rule}: ${rules.get(rule)}`);
  });

  test(`${name}.wasm records a page, and ${name}.browser.wasm leaves it to JSON.parse`, async () => {
    const page = bytes(CROWDS['strings of every length']);
    const [ours, theirs] = [await judge(`${name}.browser.wasm`), await judge(`${name}.wasm`)];
    const tables = ({ recorded }) => Array.from({ length: operations }, (_, operation) => recorded(operation, page));
    assert.ok(Math.max(...tables(theirs)) > 600, `${tables(theirs)}`);
    assert.equal(Math.max(...tables(ours)), 0);
  });

  test(`${name}.browser.wasm has the exports of ${name}.wasm, and is smaller`, async () => {
    const [ours, theirs] = [await instanceOf(`${name}.browser.wasm`), await instanceOf(`${name}.wasm`)];
    assert.deepEqual(WebAssembly.Module.exports(ours.module), WebAssembly.Module.exports(theirs.module));
    const size = (file) => readFileSync(new URL(`../../pkg/${file}`, import.meta.url)).length;
    assert.ok(size(`${name}.browser.wasm`) < 0.9 * size(`${name}.wasm`));
  });
}

let library;
before(async () => {
  ({ library } = await browserEntry([streaming]));
});

for (const [name, text] of Object.entries(CROWDS)) {
  test(`a page of ${name} is what JSON.parse gives in the browser's entry`, async () => {
    const fetch = async () => new Response(text);
    const client = new library.RespondIO({ apiToken: 'token', fetch, rateLimit: false, responseValidation: 'off' });
    assertSame((await client.contacts.list()).raw, JSON.parse(text));
  });
}
