// What one more call costs where so many wait in the limiter: prints its rows as JSON. Whether the run is a quick one is
// its argument.

import { argv, cpuUsage } from 'node:process';
import { RespondIO } from 'respond-io-wasm';
import { figure, median } from './measure.mjs';

const quick = argv[2] === 'quick';
const SAMPLE = 500;
const sizes = quick ? [10, 10_000] : [10, 100, 1_000, 10_000];

/** Milliseconds of CPU that one more call costs, beside `waiting` others, its end by abort included. */
async function cost(waiting) {
  const fetch = async () => new Response('{}');
  const rateLimit = { limit: 1, windowMs: 10_000_000, maxQueue: 1_000_000 };
  const client = new RespondIO({ apiToken: 'token', fetch, rateLimit, timeout: 0 });
  await client.contacts.get('id:1');
  const crowd = new AbortController();
  const begin = (signal) => client.contacts.get('id:1', { signal }).catch(() => {});
  const others = Array.from({ length: waiting }, () => begin(crowd.signal));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const rounds = [];
  for (let round = 0; round < 5; round++) {
    const controller = new AbortController();
    const before = cpuUsage();
    const calls = Array.from({ length: SAMPLE }, () => begin(controller.signal));
    await new Promise((resolve) => setTimeout(resolve));
    controller.abort();
    await Promise.all(calls);
    const { user, system } = cpuUsage(before);
    rounds.push((user + system) / 1000 / SAMPLE);
  }
  crowd.abort();
  await Promise.all(others);
  return median(rounds);
}

process.removeAllListeners('warning');
const costs = [];
for (const size of sizes) costs.push(await cost(size));
const rows = sizes.slice(1).map((size, i) => {
  const name = `scaling: a call beside ${size} that wait`;
  return figure(name, 'Node', costs[i + 1], costs[0], `beside ${sizes[0]}`, null, 'ms CPU');
});
console.log(JSON.stringify(rows));
process.exit();
