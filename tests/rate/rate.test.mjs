import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RespondIO } from 'respond-io-wasm';
import { startService } from './counting.mjs';

let service;

before(async () => {
  service = await startService();
});

after(() => service.close());

/** Makes so many calls at once, with the client's own limit, and waits for all of them. */
async function run(token, calls) {
  const client = new RespondIO({ apiToken: token, baseUrl: service.url, responseValidation: 'off' });
  const results = await Promise.allSettled(Array.from({ length: calls }, () => client.contacts.get('id:1')));
  const failures = results.filter(({ status }) => status === 'rejected');
  return { finished: calls - failures.length, failures, stats: client.stats() };
}

/** A second program that uses the same token once a second, and heeds no answer. */
function intrude(token) {
  const headers = { authorization: `Bearer ${token}` };
  let answered = 0;
  const send = async () => {
    const response = await fetch(`${service.url}/contact/id:2`, { headers });
    await response.arrayBuffer();
    answered += 1;
  };
  // Its last one may be on its way when the service ends; how many were answered is asserted.
  const timer = setInterval(() => send().catch(() => {}), 1000);
  return () => {
    clearInterval(timer);
    return answered;
  };
}

// In parallel, since each takes a minute; each has a token, and so a limit, of its own.
test('in real time, as a service counts arrivals', { timeout: 180_000 }, async (t) => {
  const tokens = ['constant-1', 'jitter-1', 'jitter-2'];
  const stop = intrude(tokens[2]);
  const [constant, jitter, shared] = await Promise.all([run(tokens[0], 300), run(tokens[1], 300), run(tokens[2], 200)]);
  const others = stop();
  const counts = [];
  for (const token of tokens) counts.push(await service.countsOf(token));
  for (const [i, name] of ['50 ms each way', '0-80 ms each way', '0-80 ms, shared'].entries()) {
    const { used, refused, seconds } = counts[i];
    t.diagnostic(
      `${name}: ${(100 * used).toFixed(2)} % of the rate used in ${seconds.toFixed(1)} s, ${refused} refused`,
    );
  }

  await t.test('300 calls at constant latency use 98 % of the limit, and none is refused', () => {
    assert.equal(constant.finished, 300);
    assert.deepEqual([counts[0].arrivals, counts[0].refused], [300, 0]);
    assert(counts[0].used >= 0.98 && counts[0].used <= 1, `${counts[0].used}`);
  });

  await t.test('300 calls with jitter use 90 % of it, and none is refused', () => {
    assert.equal(jitter.finished, 300);
    assert.deepEqual([counts[1].arrivals, counts[1].refused], [300, 0]);
    assert(counts[1].used >= 0.9 && counts[1].used <= 1, `${counts[1].used}`);
  });

  await t.test('200 calls beside a second program all finish, and the limit is adapted to', () => {
    assert.deepEqual(shared.failures, []);
    assert(others > 30, `the second program had only ${others} answers`);
    assert(counts[2].refused > 0, 'the second program was never in the way');
    assert(counts[2].refused < 30, `${counts[2].refused} were refused`);
    assert(counts[2].used > 0.65, `${counts[2].used}`);
  });
});
