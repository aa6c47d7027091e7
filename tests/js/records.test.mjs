// Which entries put values together from what the engine records, and which leave that to JSON.parse. Either way the
// values are the same, so nothing else would tell.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as contract from 'respond-io-wasm';
import * as live from 'respond-io-wasm/live';
import { choose, closure } from '../matrix/exports.mjs';
import { browserEntry, streaming } from './browser-entry.mjs';

const PACKAGE = fileURLToPath(new URL('../../pkg/', import.meta.url));
const { exports } = JSON.parse(readFileSync(new URL('../../pkg/package.json', import.meta.url), 'utf8'));
const SERVERS = ['workerd', 'edge-light', 'deno', 'bun', 'node'];
/** The entries that load an engine or are given one. */
const WITH_ENGINE = ['.', './live', './proxy', './proxy/live', './slim', './inline'];

for (const name of WITH_ENGINE) {
  for (const condition of [...SERVERS, 'browser', 'default']) {
    test(`${name} for ${condition} ${SERVERS.includes(condition) ? 'reads' : 'makes no use of'} records`, () => {
      const text = [...closure(PACKAGE, choose(exports[name], [condition])).values()].join('\n');
      const set = text.match(/\.engine\.reader \?\?= new Reader\(/g) ?? [];
      assert.equal(set.length, SERVERS.includes(condition) ? 1 : 0);
    });
  }
}

test('no other entry has an engine', () => {
  const scripts = Object.entries(exports).filter(([, entry]) => choose(entry, ['node']).endsWith('.js'));
  const hasSource = ([, entry]) =>
    [...closure(PACKAGE, choose(entry, ['node'])).values()].some((text) => /\.engine\.source \S*= /.test(text));
  const names = scripts.filter(hasSource).map(([name]) => name);
  assert.deepEqual(names.sort(), [...WITH_ENGINE].sort());
});

const contact = (_, id) => ({ id, firstName: `Aida ${id}`, email: `aida.${id}@example.com`, language: 'en' });
const PAGE = JSON.stringify({ items: Array.from({ length: 50 }, contact) });

/** How often JSON.parse reads the whole page while a client lists it. */
async function parses({ RespondIO }, ...args) {
  const { parse } = JSON;
  let count = 0;
  const fetch = async () => new Response(PAGE);
  const client = new RespondIO({ apiToken: 'token', fetch, rateLimit: false, responseValidation: 'off' });
  JSON.parse = (text, ...rest) => {
    count += text === PAGE ? 1 : 0;
    return parse(text, ...rest);
  };
  try {
    assert.equal((await client.contacts.list(...args)).items[49].firstName, 'Aida 49');
  } finally {
    JSON.parse = parse;
  }
  return count;
}

test('in Node a page is put together from its record', async () => {
  assert.equal(await parses(contract), 0);
  const filter = { $and: [{ category: 'contactField', field: 'plan', operator: 'isEqualTo', value: 'gold' }] };
  assert.equal(await parses(live, { timezone: 'UTC', filter }), 0);
});

test('in browsers JSON.parse makes a page', async () => {
  const { library } = await browserEntry([streaming]);
  assert.equal(await parses(library), 1);
});
