import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { complaint } from './counts.mjs';
import { installPackages, withPackages } from './packages.mjs';
import { ROOT } from './root.mjs';
import { main, seconds } from './run.mjs';
import { STAGES } from './stages.mjs';
import { ensure } from './tools.mjs';

const USAGE = `usage: node scripts/test.mjs [--quick] [--only stage,stage]
  --quick  the inner loop: ${names(STAGES.filter((stage) => stage.quick))}
  --only   these stages, of ${names(STAGES)}`;

await main(async () => {
  const stages = selected();
  await installPackages();
  // The browsers and their drivers take minutes to install, so only where a stage uses them.
  const tools = new Set(['rust', 'wasm-bindgen', ...stages.flatMap((stage) => stage.tools ?? [])]);
  const env = { ...withPackages(await ensure([...tools])), NO_COLOR: '1', WASM_BINDGEN_TEST_TIMEOUT: '120' };
  delete env.FORCE_COLOR;
  const counts = JSON.parse(readFileSync(join(ROOT, 'tests/counts.json'), 'utf8'));
  const rows = [];
  for (const stage of stages) rows.push(await execute(stage, env, counts[stage.name], rows));
  report(rows);
});

/** The stages that the command line asks for. */
function selected() {
  const options = { quick: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean' } };
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(USAGE);
    process.exit();
  }
  const only = values.only?.split(',');
  const unknown = only?.find((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown !== undefined) throw new Error(`there is no stage ${unknown}\n${USAGE}`);
  return STAGES.filter((stage) => (only ? only.includes(stage.name) : stage.quick || !values.quick));
}

/** Runs a stage and judges it. */
async function execute(stage, env, expected, before) {
  console.log(`\n=== ${stage.name}: ${stage.title} ===`);
  const start = performance.now();
  const { counts, problem } = await outcome(stage, env, expected, before);
  if (problem !== undefined) console.error(`${stage.name}: ${problem}`);
  return { name: stage.name, counts, problem, seconds: (performance.now() - start) / 1000 };
}

async function outcome(stage, env, expected, before) {
  const nothing = { passed: 0, failed: 0, skipped: 0 };
  if (stage.packaged && before.some((row) => row.name === 'build' && row.counts.passed === 0)) {
    return { counts: nothing, problem: 'not run, the package was not built' };
  }
  try {
    const { code, ...counts } = await stage.run(env);
    const exit = code === 0 ? undefined : `exit code ${code}`;
    return { counts, problem: complaint(counts, expected) ?? exit };
  } catch (error) {
    return { counts: nothing, problem: error.message };
  }
}

/** Prints the table of the stages and the closing line, and sets the exit code. */
function report(rows) {
  console.log(`\n${'stage'.padEnd(14)}${'tests'.padStart(6)}${'time'.padStart(10)}`);
  for (const { name, counts, problem, seconds: time } of rows) {
    const executed = String(counts.passed + counts.failed).padStart(6);
    console.log(`${name.padEnd(14)}${executed}${seconds(time).padStart(10)}  ${problem ? `FAILED: ${problem}` : 'ok'}`);
  }
  const passed = rows.reduce((sum, { counts }) => sum + counts.passed, 0);
  // A stage that fails without a failed test, such as one that does not compile, counts as one.
  const failed = rows.reduce((sum, { counts, problem }) => sum + Math.max(counts.failed, problem ? 1 : 0), 0);
  const total = rows.reduce((sum, row) => sum + row.seconds, 0);
  console.log(`${'all'.padEnd(14)}${String(passed + failed).padStart(6)}${seconds(total).padStart(10)}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

function names(stages) {
  return stages.map((stage) => stage.name).join(', ');
}
