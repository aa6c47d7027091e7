// The process that is called: the sandbox, served over HTTP, behind the proxy that lets requests go wrong.
// Its parent sends what is to be run and gets the calls; at the end it asks for what was seen.

import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { asker } from './ask.mjs';
import { faultOf } from './faults.mjs';
import { planOf, prepare } from './plan.mjs';
import { serveProxy } from './proxy.mjs';
import { CALL_HEADER } from './settings.mjs';

/** How often the journal is read, in milliseconds: before it has forgotten anything. */
const READ_EVERY_MS = 200;

process.once('message', async (run) => {
  const { url, sandbox } = await serveSandbox({ port: 0, rateLimit: false });
  const steps = prepare(planOf(run), asker(sandbox));
  const before = sandbox.snapshot();
  sandbox.clearJournal();
  const acts = [];
  let seq = 0;
  const readJournal = () => {
    const entries = sandbox.journal(seq);
    if (entries.length > 0 && seq > 0 && entries[0].seq !== seq + 1)
      throw new Error('the journal has forgotten a part');
    seq = entries.at(-1)?.seq ?? seq;
    acts.push(...entries.filter((entry) => entry.acted && callOf(entry)).map(callOf));
  };
  const reading = setInterval(readJournal, READ_EVERY_MS);
  const proxy = await serveProxy(url, (call, arrival) => faultOf(run.seed, call, arrival));
  process.send({ url: proxy.url, steps });
  process.once('message', async () => {
    await proxy.settled();
    clearInterval(reading);
    readJournal();
    process.send({ arrivals: proxy.arrivals, acts, before, after: sandbox.snapshot() });
  });
});

/** The number of the call that an exchange belongs to; undefined where it belongs to none. */
function callOf({ requestHeaders }) {
  const value = requestHeaders.find(([name]) => name === CALL_HEADER)?.[1];
  return value === undefined ? undefined : Number(value);
}
