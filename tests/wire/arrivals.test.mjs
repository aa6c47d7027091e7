// How often one call reaches the service where its connection is lost: no more often than docs/delivery.md says.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serveCounting } from './counting-server.mjs';
import { documented } from './documented.mjs';
import { makeIdentity } from './identity.mjs';
import { program, site, startChromium, startFirefox, startWorkerd } from './runtimes.mjs';

/** How each engine of the table is started. */
const ENGINES = {
  Node: () => program('node'),
  Deno: () => program('deno'),
  Bun: () => program('bun'),
  workerd: startWorkerd,
  Chromium: startChromium,
  Firefox: startFirefox,
};
/** What the counting server calls the protocols of the table. */
const PROTOCOLS = { 'HTTP/1.1': ['http', 'https'], 'HTTP/2': ['h2'] };
/** The connection may be the only one, or one of as many as a browser keeps. */
const STOCKS = [1, 6];

const started = {};
const table = [];
let identity;

before(async () => {
  identity = await makeIdentity();
});

after(async () => {
  await Promise.all(Object.values(started).map((taker) => taker.close()));
  console.log('engine     protocol   plain fetch   this package');
  for (const [engine, protocol, plain, ours] of table) {
    console.log(`${engine.padEnd(11)}${protocol.padEnd(11)}${String(plain).padEnd(14)}${ours}`);
  }
});

/** How often a write arrived at most, over the ways in which its connection may have been made and lost. */
async function measure(taker, protocol, way) {
  let most = 0;
  for (const end of ['reset', 'close']) {
    for (const stock of STOCKS) {
      const server = await serveCounting({ protocol, identity, site });
      try {
        const marker = `${end}-${way}`;
        // The one before shows what the engine takes.
        const steps = [
          { way, marker: 'answer-first' },
          { way, marker, stock },
        ];
        const [first, lost] = await taker.take(server.url, steps);
        assert.equal(first.error, null);
        assert.notEqual(lost.error, null);
        most = Math.max(most, server.count(marker));
      } finally {
        await server.close();
      }
    }
  }
  return most;
}

test('docs/delivery.md has a row for each engine', () => {
  assert.deepEqual(new Set(documented().map(({ engine }) => engine)), new Set(Object.keys(ENGINES)));
});

for (const { engine, protocol, plain, ours } of documented()) {
  test(`${engine} over ${protocol}: a message arrives at most ${ours} times, by plain fetch ${plain} times`, async () => {
    started[engine] ??= await ENGINES[engine]();
    let [mostPlain, mostOurs] = [0, 0];
    for (const kind of PROTOCOLS[protocol].slice(0, engine === 'workerd' ? 1 : undefined)) {
      mostPlain = Math.max(mostPlain, await measure(started[engine], kind, 'plain'));
      mostOurs = Math.max(mostOurs, await measure(started[engine], kind, 'send'));
    }
    table.push([engine, protocol, mostPlain, mostOurs]);
    assert.ok(mostOurs >= 1 && mostOurs <= ours, `${mostOurs} times`);
    assert.ok(mostPlain <= plain, `${mostPlain} times by plain fetch`);
    // Else nothing would show that the package makes a difference, or that the document is too gloomy.
    assert.equal(mostPlain > 1, plain > 1, `${mostPlain} times by plain fetch`);
  });
}

test('Deno: a service that refuses a body without a length gets text', async () => {
  const server = await serveCounting();
  try {
    const [{ error }] = await program('deno').take(server.url, [{ way: 'send', marker: 'length-1' }]);
    assert.deepEqual([error, server.count('length-1')], [null, 2]);
  } finally {
    await server.close();
  }
});
