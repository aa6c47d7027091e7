// `npm run bench`: how fast and how large the package is beside its peers, measured in one run. docs/performance.md
// says how to read the figures.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ask, bundled, WASM } from '../bench/programs.mjs';
import { ensureBuilt, installPackages, linkPackage } from './packages.mjs';
import { ROOT } from './root.mjs';
import { heading, main } from './run.mjs';

const EVERYWHERE = ['Node', 'Chromium', 'Firefox', 'WebKit', 'Deno', 'Bun', 'workerd'];
const SECTIONS = { decode, first, kept, calls, download, cold, memory, scaling };
const USAGE = `usage: npm run bench -- [--quick] [--only ${Object.keys(SECTIONS).join(',')}] [--in ${EVERYWHERE.join(',')}] [--json FILE] [--chart]
  --quick  fewer and shorter rounds, in Node alone: less than a minute
  --in     where decoding is measured
  --json   writes the rows there
  --chart  draws docs/performance-light.svg and docs/performance-dark.svg`;

let settings;

await main(async () => {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: Object.keys(SECTIONS).join(',') },
      in: { type: 'string' },
      json: { type: 'string' },
      chart: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const names = values.only.split(',');
  const engines = values.in?.split(',') ?? (values.quick ? ['Node'] : EVERYWHERE);
  const isKnown = names.every((name) => name in SECTIONS) && engines.every((name) => EVERYWHERE.includes(name));
  if (values.help || !isKnown) return console.log(USAGE);
  await installPackages();
  await ensureBuilt();
  linkPackage();
  const rounds = values.quick
    ? { rounds: 7, milliseconds: 15, warm: 200 }
    : { rounds: 41, milliseconds: 40, warm: 1000 };
  settings = {
    quick: values.quick,
    rounds,
    engines,
  };
  const rows = [];
  for (const name of names) {
    heading(`Measuring: ${name}`);
    const measured = await SECTIONS[name]();
    print(measured);
    rows.push(...measured);
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
  if (values.chart) {
    const { chart } = await import('../bench/chart.mjs');
    for (const theme of ['light', 'dark'])
      writeFileSync(join(ROOT, `docs/performance-${theme}.svg`), chart(rows, theme));
  }
  const missed = rows.filter(({ met }) => met === false);
  console.log(`\n${rows.filter(({ met }) => met).length} goals met, ${missed.length} missed`);
});

async function decode() {
  const { ENGINES } = await import('../bench/engines.mjs');
  const rows = [];
  for (const name of settings.engines) {
    console.log(`    in ${name}`);
    rows.push(...(await ENGINES[name](settings.rounds)));
  }
  return rows;
}

/** Fresh processes: the first page, and how many pages it takes to be even. */
async function first() {
  const { bounded, figure, median } = await import('../bench/measure.mjs');
  const program = await bundled('first');
  const marks = { ours: [], json: [] };
  for (let round = 0; round < (settings.quick ? 3 : 15); round++) {
    for (const way of ['ours', 'json']) marks[way].push(await ask('Node', [program, WASM, way, '400']));
  }
  const at = (way, page) => median(marks[way].map((times) => times[page]));
  const even = marks.ours[0].findIndex((_, page) => at('ours', page) <= at('json', page));
  return [
    bounded('first: a page in a fresh process', 'Node', at('ours', 0), 3, 'ms'),
    figure(
      'first: a page in a fresh process, beside response.json()',
      'Node',
      at('ours', 0),
      at('json', 0),
      'response.json()',
      null,
      'ms',
    ),
    {
      ...bounded('first: pages until it is even, 400 for not yet', 'Node', even < 0 ? 400 : even + 1, 0, 'pages'),
      goal: null,
      met: null,
    },
  ];
}

async function kept() {
  const { figure } = await import('../bench/measure.mjs');
  const program = await bundled('kept');
  const [ours, peer] = [
    await ask('Node', ['--expose-gc', program, WASM, 'ours']),
    await ask('Node', ['--expose-gc', program, WASM, 'JSON.parse']),
  ];
  return [figure('kept: the heap of one field of each of 3000 pages', 'Node', ours, peer, 'JSON.parse', 2, 'bytes')];
}

async function calls() {
  const rounds = settings.quick
    ? { rounds: 3, milliseconds: 50, warm: 200 }
    : { rounds: 15, milliseconds: 250, warm: 5_000 };
  return (await import('../bench/calls.mjs')).calls(rounds);
}

async function download() {
  return (await import('../bench/download.mjs')).download();
}

async function cold() {
  const { row } = await import('../bench/measure.mjs');
  const times = { ours: [], 'the import of axios': [] };
  for (let round = 0; round < (settings.quick ? 3 : 21); round++) {
    for (const way of Object.keys(times)) times[way].push(await ask('Node', ['bench/cold.mjs', way]));
  }
  const { isolates } = await import('../bench/isolates.mjs');
  const { ours, axios } = await isolates(settings.quick ? { rounds: 3, count: 3 } : { rounds: 21, count: 10 });
  const name = 'cold: import to first request';
  return [
    row(name, 'Node', times, 'ours', 'the import of axios', 0.1),
    row(name, 'workerd', { ours, 'the import of axios': axios }, 'ours', 'the import of axios', 0.1),
  ];
}

async function memory() {
  const { figure } = await import('../bench/measure.mjs');
  const contacts = settings.quick ? 50_000 : 1_000_000;
  const peak = (way) => ask('Node', ['bench/listing.mjs', way, String(contacts)]);
  const name = `memory: ${contacts} contacts`;
  const ours = await peak('ours');
  const beside = async (way, goal) =>
    figure(`${name}, beside ${way}`, 'Node', ours, await peak(way), way, goal, 'bytes');
  return [
    ...(await ask('Node', ['--expose-gc', 'bench/memory.mjs', settings.quick ? 'quick' : 'long'])),
    await beside('a loop', 1.2),
    await beside('a loop with a timeout', null),
  ];
}

async function scaling() {
  const length = settings.quick ? 'quick' : 'long';
  return [...(await ask('Node', ['bench/scaling.mjs', length])), ...(await ask('Node', ['bench/sandbox.mjs', length]))];
}

/** Prints the rows as a table. */
function print(rows) {
  const cells = ['', 'engine', 'ours', 'peer', 'ratio', 'middle half', 'goal'];
  const widths = [58, 10, 12, 12, 8, 14, 14];
  const line = (list) =>
    console.log(list.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(''));
  line(cells);
  for (const { name, engine, ours, peer, ratio, spread, goal, met, unit } of rows) {
    const range = spread ? spread.map((value) => value.toFixed(2)).join('–') : '';
    const judged = goal === null ? '' : `≤ ${goal} ${met ? 'met' : 'missed'}`;
    line([
      name,
      engine,
      amount(ours, unit),
      peer === null ? '' : amount(peer, unit),
      ratio?.toFixed(3) ?? '',
      range,
      judged,
    ]);
  }
}

/** A figure with its unit; below a millisecond in microseconds. */
function amount(value, unit) {
  if (unit.startsWith('ms') && Math.abs(value) < 1) return `${(value * 1000).toFixed(1)} µs`;
  return unit.startsWith('ms')
    ? `${value.toFixed(2)} ms`
    : `${Math.round(value)} ${unit === 'bytes' ? 'B' : ''}`.trim();
}
