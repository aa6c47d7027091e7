// Prints how bounds of the round trip compare: node tests/pace/simulate.mjs [seeds]

import { TABLE } from './latency.mjs';
import { Pace, paceWith } from './load.mjs';
import { run } from './world.mjs';

const SEEDS = Number(process.argv[2] ?? 40);
const RULES = {
  0: await paceWith('0'),
  shortest: await paceWith('trips[0]'),
  '2 x shortest - mean': await paceWith('2 * trips[0] - trips.reduce((sum, trip) => sum + trip) / trips.length'),
  '2 x shortest - 25th shortest': Pace,
};

function cell(Rule, latency) {
  let [refused, used] = [0, 0];
  for (let seed = 0; seed < SEEDS; seed++) {
    const result = run({ seed, latency, pace: new Rule() });
    refused += result.refused / SEEDS;
    used += (100 * result.used) / SEEDS;
  }
  return `${Number(refused.toFixed(2))} · ${used.toFixed(1)} %`;
}

console.log(
  `300 calls at once, 5 a second: arrivals in a full window and share of the rate used, mean of ${SEEDS} runs\n`,
);
console.log(`| latency, each way | ${Object.keys(RULES).join(' | ')} |`);
console.log(`|---|${'---|'.repeat(Object.keys(RULES).length)}`);
for (const [name, latency] of Object.entries(TABLE)) {
  const cells = Object.values(RULES).map((Rule) => cell(Rule, latency));
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
