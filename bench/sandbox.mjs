// What a request costs in a sandbox of so many contacts: prints its rows as JSON. Whether the run is a quick one is its
// argument.

import { argv } from 'node:process';
import { RespondIO } from 'respond-io-wasm';
import { createSandbox } from 'respond-io-wasm/sandbox';
import { interleave, row } from './measure.mjs';

const quick = argv[2] === 'quick';
const [FEW, MANY] = [1_000, quick ? 10_000 : 100_000];

/** Calls of a client whose sandbox holds so many contacts, each to another one of them. */
async function callsTo(count) {
  const sandbox = await createSandbox({ seed: { count }, rateLimit: false });
  const { contacts } = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch, rateLimit: false });
  let number = 0;
  const next = () => 1 + ((number++ * 7919) % (count - 10));
  return {
    get: () => contacts.get(`id:${next()}`),
    list: () => contacts.list({ limit: 10, cursorId: next() }),
    update: () => contacts.update(`id:${next()}`, { firstName: `N${number}` }),
  };
}

const [few, many] = [await callsTo(FEW), await callsTo(MANY)];
const rows = [];
for (const name of Object.keys(few)) {
  const against = `${FEW} contacts`;
  const times = await interleave(
    { ours: many[name], [against]: few[name] },
    { rounds: quick ? 5 : 15, milliseconds: 30, warm: 200 },
  );
  rows.push(row(`scaling: the sandbox's ${name} among ${MANY} contacts`, 'Node', times, 'ours', against, 1.5));
}
console.log(JSON.stringify(rows));
process.exit();
