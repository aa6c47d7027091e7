// `npm run chaos`: thousands of calls while every third request goes wrong, and what the callers were told compared
// with what the service did. docs/chaos.md says how to read the figures.

import { parseArgs } from 'node:util';
import { ensureBuilt, installPackages, linkPackage } from './packages.mjs';
import { heading, main } from './run.mjs';
import { ensure } from './tools.mjs';

const NAMES = ['Node', 'axios', 'Chromium', 'Deno', 'workerd'];
/** What the others make of the operations and the callers that Node and axios are given: they show the engine. */
const SHARE = 0.1;
const SHOWN_FINDINGS = 20;
const USAGE = `usage: npm run chaos -- [--seed 1] [--operations 10000] [--callers 64] [--in ${NAMES.join(',')}]
  --seed        decides which calls are made and which requests go wrong
  --operations  how many calls are made in Node and by axios; the others make a tenth
  --callers     how many callers make them at the same time; in the others a quarter
  --in          where: ${NAMES.join(', ')}`;

await main(async () => {
  const { seed, operations, callers, names } = options();
  await installPackages();
  await ensureBuilt();
  linkPackage();
  if (names.includes('Chromium')) Object.assign(process.env, await ensure(['chromium']));
  const long = { seed, operations, callers };
  const short = { seed, operations: Math.ceil(operations * SHARE), callers: Math.ceil(callers / 4) };
  await compare(
    names.filter((name) => isLong(name)),
    long,
  );
  await compare(
    names.filter((name) => !isLong(name)),
    short,
  );
});

function isLong(name) {
  return name === 'Node' || name === 'axios';
}

/** Runs a plan in several places and prints a column for each; axios is there to be compared with, not to be judged. */
async function compare(names, run) {
  if (names.length === 0) return;
  const { runChaos } = await import('../tests/chaos/run.mjs');
  const { RUNTIMES } = await import('../tests/chaos/runtimes/all.mjs');
  const { figuresOf, table } = await import('../tests/chaos/report.mjs');
  heading(`${run.operations} operations from ${run.callers} callers, seed ${run.seed}: ${names.join(', ')}`);
  const columns = {};
  for (const name of names) {
    const result = await runChaos(run, RUNTIMES[name]);
    columns[name] = figuresOf(result);
    if (name !== 'axios') judge(name, result.findings);
  }
  console.log(table(columns));
}

function judge(name, findings) {
  for (const { rule, operation = '', call = '', detail } of findings.slice(0, SHOWN_FINDINGS)) {
    console.error(`${name}: ${rule}: ${operation} ${call}: ${detail}`);
  }
  if (findings.length > 0) process.exitCode = 1;
}

function options() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      operations: { type: 'string', default: '10000' },
      callers: { type: 'string', default: '64' },
      in: { type: 'string', default: NAMES.join(',') },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit();
  }
  const names = values.in.split(',');
  const unknown = names.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new Error(`there is no ${unknown}\n${USAGE}`);
  const [seed, operations, callers] = ['seed', 'operations', 'callers'].map((name) => count(name, values[name]));
  return { seed, operations, callers, names };
}

function count(name, text) {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1) throw new Error(`--${name} must be a positive integer, not ${text}\n${USAGE}`);
  return value;
}
