import { existsSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { checks } from './checks.mjs';
import { cargoCounts, nodeCounts, operationCounts } from './counts.mjs';
import { ROOT } from './root.mjs';
import { heading, run } from './run.mjs';
import { freeAddress, serveForTests } from './sandbox-server.mjs';

/** What a stage did: its counts and the exit code of its command. @typedef {import('./counts.mjs').Counts & { code: number }} Outcome */
/** Runs a stage in an environment. @typedef {(env: NodeJS.ProcessEnv) => Promise<Outcome>} Runner */

/**
 * The suites of `cargo test`.
 *
 * @param {...string} args - Arguments for `cargo test`.
 * @returns {Runner} Counts every test.
 */
export function cargoTest(...args) {
  return command(cargoCounts, 'cargo', ['test', '--no-fail-fast', ...args]);
}

/**
 * A program of the workspace.
 *
 * @param {...string} args - Arguments for `cargo run`.
 * @returns {Runner} Counts it as one test.
 */
export function cargoRun(...args) {
  return command(single, 'cargo', ['run', '-q', ...args]);
}

/**
 * The crates as they would be published, each compiled from what its package holds.
 *
 * @param {...string} crates - Their names.
 * @returns {Runner} Counts it as one test.
 */
export function cargoPackage(...crates) {
  const names = crates.flatMap((crate) => ['-p', crate]);
  const target = 'target/published';
  const pack = command(single, 'cargo', ['package', '--quiet', '--allow-dirty', '--target-dir', target, ...names]);
  return (env) => {
    rmSync(join(ROOT, target), { recursive: true, force: true });
    for (const copy of unpacked(crates, env)) rmSync(copy, { recursive: true });
    return pack(env);
  };
}

/** What cargo unpacked of these crates from a registry on this machine: it takes such a copy for fresh as long as the version is the same. */
function unpacked(crates, env) {
  const sources = join(env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry/src');
  if (!existsSync(sources)) return [];
  const local = readdirSync(sources).filter((registry) => registry.startsWith('-'));
  const copies = local.flatMap((registry) => readdirSync(join(sources, registry)).map((name) => join(registry, name)));
  return copies
    .filter((copy) => crates.some((crate) => basename(copy).startsWith(`${crate}-`)))
    .map((copy) => join(sources, copy));
}

/**
 * A crate outside of the workspace, checked for the host.
 *
 * @param {string} manifest - Its Cargo.toml, relative to the repository.
 * @returns {Runner} Counts it as one test.
 */
export function cargoCheck(manifest) {
  const args = ['check', '--manifest-path', manifest, '--target-dir', 'target'];
  return command(single, 'cargo', args);
}

/**
 * A script of this folder.
 *
 * @param {string} name - Its file.
 * @returns {Runner} Counts it as one test.
 */
export function script(name) {
  return command(single, process.execPath, [`scripts/${name}`]);
}

/**
 * The main job, `npm start`.
 *
 * @returns {Runner} Counts an operation as a test.
 */
export function mainJob() {
  return command(operationCounts, process.execPath, ['scripts/start.mjs']);
}

/**
 * The test files in a folder and the folders in it.
 *
 * @param {string} folder - Relative to the repository.
 * @param {...string} flags - Flags of Node for the process of each file.
 * @returns {Runner} Throws where there is none.
 */
export function nodeTest(folder, ...flags) {
  return (env) => {
    const files = testFiles(folder);
    if (files.length === 0) throw new Error(`${folder} holds no *.test.mjs`);
    return command(nodeCounts, process.execPath, [...flags, '--test', '--test-reporter=spec', ...files])(env);
  };
}

/**
 * The matrix of runtimes and bundlers, with its table.
 *
 * @param {...string} names - What the names of the cells must hold, of which one is enough; every cell where none is given.
 * @returns {Runner} Counts every test.
 */
export function matrix(...names) {
  const reporters = ['spec', './scripts/table.mjs'].flatMap((name) => [
    `--test-reporter=${name}`,
    '--test-reporter-destination=stdout',
  ]);
  // A pattern for tests would choose among those of a cell; this chooses cells, and leaves no others in the table.
  const chosen = (env) => ({ ...env, RESPOND_IO_MATRIX: names.join('|') });
  const run = command(nodeCounts, process.execPath, ['--test', ...reporters, ...testFiles('tests/matrix')]);
  return (env) => run(chosen(env));
}

/**
 * The test files in a folder and the folders in it: Node 20 expands no patterns itself.
 *
 * @param {string} folder - Relative to the repository.
 * @returns {string[]} Their paths, relative to the repository; none where there is no such folder.
 */
export function testFiles(folder) {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true })
    .filter((file) => file.endsWith('.test.mjs') && !file.includes('node_modules'))
    .map((file) => `${folder}/${file}`)
    .sort();
}

/**
 * Every check of format, lint and types.
 *
 * @returns {Runner} Counts a check as a test.
 */
export function lint() {
  return (env) => every(checks(), env);
}

/**
 * The Rust programs in a folder, checked for wasm32.
 *
 * @param {string} folder - Relative to the repository; it holds a folder a program.
 * @returns {Runner} Counts a program as a test.
 */
export function compile(folder) {
  return (env) => {
    const manifests = readdirSync(join(ROOT, folder))
      .map((name) => `${folder}/${name}/Cargo.toml`)
      .filter((file) => existsSync(join(ROOT, file)));
    const check = ['check', '--target', 'wasm32-unknown-unknown', '--manifest-path'];
    const commands = manifests.map((manifest) => [manifest, 'cargo', [...check, manifest]]);
    // Of their own: cargo gives wasm libraries of the workspace with other features the same file.
    return every(commands, { ...env, CARGO_TARGET_DIR: join(ROOT, 'target/compile') });
  };
}

/** How wasm-pack runs a suite in each runtime, and what proves in its output that it did. */
const RUNTIMES = {
  node: { args: ['--node'], proof: /^running \d+ tests/m },
  chrome: { args: ['--headless', '--chrome'], driver: 'CHROMEDRIVER', proof: /^Running headless tests in Chrome /m },
  firefox: { args: ['--headless', '--firefox'], driver: 'GECKODRIVER', proof: /^Running headless tests in Firefox /m },
};

/**
 * A suite of the crate's wasm tests, with the sandbox served over HTTP.
 *
 * @param {string} suite - The file in tests/, without `.rs`.
 * @param {keyof typeof RUNTIMES} runtime - Where it runs.
 * @returns {Runner} Counts every test; throws where it ran somewhere else.
 */
export function wasmPackTest(suite, runtime) {
  const { args, driver, proof } = RUNTIMES[runtime];
  return async (env) => {
    // The sandbox takes commands of the test runner's page alone, so it is settled beforehand where that is served.
    const address = await freeAddress();
    const server = await serveForTests(`http://${address}`);
    try {
      const addresses = { RESPOND_IO_SANDBOX_URL: `${server.url}/v2`, WASM_BINDGEN_TEST_ADDRESS: address };
      const test = ['test', ...args, '.', '--features', 'bindings', '--test', suite];
      const { code, output } = await run('wasm-pack', test, { env: { ...withDriver(env, driver), ...addresses } });
      const counts = cargoCounts(output);
      if (counts.passed > 0 && !proof.test(output)) throw new Error(`the suite did not run in ${runtime}`);
      // What the Rust clients sent is judged by the contract as well, by validators that know nothing of this project.
      const { checkJournal } = await import('../tests/contract/check-journal.mjs');
      const operations = Object.keys(await checkJournal(server.url)).length;
      console.log(`the exchanges of ${operations} operations are as the contract says`);
      return { ...counts, code };
    } finally {
      await server.close();
    }
  };
}

/** The test runner takes whichever driver it finds first and drives its browser, so it is told of one alone. */
function withDriver(env, driver) {
  const { CHROMEDRIVER, GECKODRIVER, ...rest } = env;
  const drivers = { CHROMEDRIVER, GECKODRIVER };
  return driver === undefined ? rest : { ...rest, [driver]: drivers[driver] };
}

/** One command, whose output says how many tests it ran. */
function command(read, program, args) {
  return async (env) => {
    const { code, output } = await run(program, args, { env });
    return { ...read(output, code), code };
  };
}

function single(_, code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** Commands one after the other, each of them a test. */
async function every(commands, env) {
  const outcome = { passed: 0, failed: 0, skipped: 0, code: 0 };
  for (const [name, program, args] of commands) {
    heading(name);
    const { code } = await run(program, args, { env });
    outcome[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return outcome;
}
