// How a page in Chromium finds out whether it may send a stream, and what it does where it may not.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { serveCounting } from './counting-server.mjs';
import { makeIdentity } from './identity.mjs';
import { site, startChromium } from './runtimes.mjs';

let chromium;
let identity;
/** Where the page comes from, over HTTP/2. */
let home;

before(async () => {
  identity = await makeIdentity();
  home = await serveCounting({ protocol: 'h2', identity, site });
  chromium = await startChromium();
});

after(async () => {
  await chromium?.close();
  await home?.close();
});

const send = (marker) => ({ way: 'send', marker, stock: 0 });

/** Takes steps in a page from elsewhere against a server of its own. */
async function scene(protocol, steps) {
  const server = await serveCounting({ protocol, identity, site });
  try {
    const results = await chromium.take(server.url, steps, home.url);
    return { server, results };
  } finally {
    await server.close();
  }
}

for (const end of ['reset', 'close', 'vanish']) {
  test(`a page's first message already arrives once over HTTP/2: ${end}`, async () => {
    const steps = [{ ...send(`${end}-first`), stock: 1 }];
    const { server, results } = await scene('h2', steps);
    assert.deepEqual([results[0].error, results[0].outcome], ['ConnectionError', 'unknown']);
    assert.equal(server.count(`${end}-first`), 1);
  });
}

test('with retryUnsafe the browser may repeat it', async () => {
  const { server } = await scene('h2', [{ way: 'sendUnsafe', marker: 'reset-unsafe' }]);
  assert.equal(server.count('reset-unsafe'), 2);
});

for (const protocol of ['http', 'https']) {
  test(`where ${protocol} is HTTP/1.1, text is sent, and arrives once`, async () => {
    const { server, results } = await scene(protocol, [send('answer-1'), send('answer-2')]);
    assert.deepEqual(results, [{ error: null }, { error: null }]);
    // Beside these there may be the browser's question whether this page may send, which is no arrival.
    assert.deepEqual(
      server.arrivals.map(({ marker }) => marker),
      ['answer-1', 'answer-2'],
    );
  });
}

for (const act of ['length', 'other']) {
  test(`a service that refuses a body without a length gets text: ${act}`, async () => {
    const { server, results } = await scene('h2', [send(`${act}-1`), send(`${act}-2`)]);
    assert.deepEqual(results, [{ error: null }, { error: null }]);
    assert.deepEqual([server.count(`${act}-1`), server.count(`${act}-2`)], [2, 1]);
  });
}

test('a stream that was not read proves that nothing was sent, once the service has taken another', async () => {
  const steps = ['answer-1', 'vanish-2', 'answer-3', 'answer-4'].map(send);
  const { server, results } = await scene('h2', steps);
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    [undefined, 'unknown', 'not_sent', 'not_sent'],
  );
  assert.equal(server.arrivals.length, 2);
});

test('a service that nothing has reached yet proves nothing', async () => {
  const server = await serveCounting({ protocol: 'h2', identity });
  await server.close();
  const [result] = await chromium.take(server.url, [send('answer-1')], home.url);
  assert.deepEqual([result.error, result.outcome], ['ConnectionError', 'unknown']);
});

test('a message that was given up says nothing against streams', async () => {
  const steps = [
    { ...send('hold-1'), timeout: 500 },
    { ...send('reset-2'), stock: 1 },
  ];
  const { server, results } = await scene('h2', steps);
  assert.deepEqual([results[0].error, server.count('reset-2')], ['TimeoutError', 1]);
});

test('a service that comes back with HTTP/1.1 gets text after nine failures', async () => {
  const first = await serveCounting({ protocol: 'h2', identity });
  const more = Array.from({ length: 11 }, (_, number) => send(`answer-${number + 1}`));
  const steps = [send('answer-0'), send('vanish-0'), { way: 'pause', stock: 0 }, ...more];
  const taken = chromium.take(first.url, steps, home.url);
  while (first.count('vanish-0') === 0) await sleep(5);
  await first.close();
  const second = await serveCounting({ protocol: 'https', identity, port: first.port });
  try {
    const outcomes = (await taken).map(({ outcome }) => outcome);
    assert.deepEqual(outcomes.slice(3), [...Array(9).fill('not_sent'), undefined, undefined]);
    assert.deepEqual(
      second.arrivals.map(({ marker }) => marker),
      ['answer-10', 'answer-11'],
    );
  } finally {
    await second.close();
  }
});

test('a service worker that forwards over HTTP/1.1 breaks nothing', async () => {
  const server = await serveCounting({ protocol: 'https', identity, site });
  try {
    const results = await chromium.take(server.url, [{ way: 'forward', stock: 0 }, send('answer-1'), send('answer-2')]);
    assert.deepEqual(
      results.map(({ error }) => error),
      [null, null, null],
    );
    assert.deepEqual([server.count('answer-1'), server.count('answer-2')], [1, 1]);
  } finally {
    await server.close();
  }
});
