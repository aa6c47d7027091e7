// `npm run fuzz`: tries to break the properties with libFuzzer, which needs a nightly toolchain.

import { parseArgs } from 'node:util';
import { main, run, step } from './run.mjs';
import { ensure } from './tools.mjs';

const TARGETS = ['decoder', 'headers', 'identifiers', 'reader', 'router'];
const USAGE = `usage: node scripts/fuzz.mjs [--seconds 60] [--browser] [target …]
  --seconds  how long each target runs
  --browser  tries the reading of browsers, which records nothing
  targets:   ${TARGETS.join(', ')}; all unless some are named`;

await main(async () => {
  const options = {
    seconds: { type: 'string', default: '60' },
    browser: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) return console.log(USAGE);
  const unknown = positionals.find((name) => !TARGETS.includes(name));
  if (unknown !== undefined || !/^[1-9]\d*$/.test(values.seconds)) throw new Error(USAGE);
  const { stdout } = await run('rustup', ['toolchain', 'list'], { quiet: true });
  if (!/^nightly/m.test(stdout)) throw new Error('There is no nightly toolchain: rustup toolchain install nightly');
  const env = await ensure(['rust', 'cargo-fuzz']);
  const corpus = ['run', '-q', '-p', 'respond-io-properties', '--example', 'corpus', '--', 'fuzz/corpus'];
  await step('Writing valid inputs to begin with', 'cargo', corpus, { env });
  const features = values.browser ? ['--no-default-features'] : [];
  await step('Building the targets', 'cargo', ['+nightly', 'fuzz', 'build', ...features], { env, quiet: true });
  const targets = positionals.length > 0 ? positionals : TARGETS;
  for (const target of targets) await fuzz(target, features, Number(values.seconds), env);
});

async function fuzz(target, features, seconds, env) {
  const flags = [`-max_total_time=${seconds}`, '-max_len=4096', '-timeout=10', '-print_final_stats=1'];
  const options = { env, quiet: true, minutes: seconds / 60 + 10 };
  const { output } = await step(
    `Fuzzing ${target}`,
    'cargo',
    ['+nightly', 'fuzz', 'run', ...features, target, '--', ...flags],
    options,
  );
  console.log(`    ${/number_of_executed_units: +(\d+)/.exec(output)?.[1]} inputs, none of which broke it`);
}
