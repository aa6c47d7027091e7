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
/** The entries that load an engine or are given one, with how many of their surfaces' readers they set. */
const READERS = { '.': 1, './live': 1, './proxy': 1, './proxy/live': 1, './slim': 1, './inline': 1 };

for (const [name, count] of Object.entries(READERS)) {
  for (const condition of [...SERVERS, 'browser', 'default']) {
    test(`${name} for ${condition} ${SERVERS.includes(condition) ? 'reads' : 'makes no use of'} records`, () => {
      const text = [...closure(PACKAGE, choose(exports[name], [condition])).values()].join('\n');
      const set = text.match(/\.engine\.reader \?\?= new Reader\(/g) ?? [];
      assert.equal(set.length, SERVERS.includes(condition) ? count : 0);
    });
  }
}

test('no other entry has an engine', () => {
  for (const [name, entry] of Object.entries(exports)) {
    const path = choose(entry, ['node']);
    if (name in READERS || !path.endsWith('.js')) continue;
    assert.doesNotMatch([...closure(PACKAGE, path).values()].join('\n'), /\.engine\.source = /, name);
  }
});

const contact = (_, id) => ({ id, firstName: `Aida ${id}`, email: `aida.${id}@example.com`, language: 'en' });
const PAGE = JSON.stringify({ items: Array.from({ length: 50 }, contact) });

/** How often JSON.parse reads the whole page while a client lists it. */
async function parses({ RespondIO }, ...args) {
  const { parse } = JSON;
  let count = 0;
  const fetch = async () => new Response(PAGE);
  const client = new RespondIO({ apiToken: 'token', fetch, rateLimit: false, responseValidation: 'off' });
  JSON.parse = (...args) => {
    count += args[0] === PAGE ? 1 : 0;
    return parse(...args);
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
