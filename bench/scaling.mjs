// What one more call costs where so many wait in the limiter: prints its rows as JSON. Whether the run is a quick one is
// its argument.

import { argv } from 'node:process';
import { RespondIO } from 'respond-io-wasm';
import { cpu, interleave, row } from './measure.mjs';

const quick = argv[2] === 'quick';
const SIZES = quick ? [10, 10_000] : [10, 100, 1_000, 10_000, 100_000];
const SAMPLE = 500;

const fetch = async () => new Response('{}');
const rateLimit = { limit: 1, windowMs: 10_000_000, maxQueue: 1_000_000 };

/** Calls of a client in whose queue so many wait; they come, and go by abort. */
async function callsBeside(waiting) {
  const client = new RespondIO({ apiToken: `token-${waiting}`, fetch, rateLimit, timeout: 0 });
  const begin = ({ signal }) => client.contacts.get('id:1', { signal }).catch(() => {});
  await client.contacts.get('id:1');
  const crowd = new AbortController();
  for (let i = 0; i < waiting; i++) begin(crowd);
  return async () => {
    const controller = new AbortController();
    const calls = Array.from({ length: SAMPLE }, () => begin(controller));
    await new Promise((resolve) => setTimeout(resolve));
    controller.abort();
    await Promise.all(calls);
  };
}

const [fewest, ...more] = SIZES;
const ways = {};
for (const size of SIZES) ways[size] = await callsBeside(size);
const times = await interleave(ways, { rounds: quick ? 7 : 31, milliseconds: 20, warm: 5 }, cpu);
for (const size of SIZES) times[size] = times[size].map((time) => time / SAMPLE);
const rows = more.map((size) => {
  const name = `scaling: a call beside ${size} that wait, and beside ${fewest}`;
  return row(name, 'Node', times, size, fewest, 1.5, 'ms CPU');
});
console.log(JSON.stringify(rows));
process.exit();
