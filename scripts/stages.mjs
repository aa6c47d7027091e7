import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from './checks.mjs';
import { cargoCounts, nodeCounts, operationCounts } from './counts.mjs';
import { linkPackage } from './packages.mjs';
import { ROOT } from './root.mjs';
import { heading, run } from './run.mjs';
import { serveForTests } from './sandbox-server.mjs';

/** What a stage did: its counts and the exit code of its command. @typedef {import('./counts.mjs').Counts & { code: number }} Outcome */

/**
 * A part of `npm test`.
 *
 * @typedef {object} Stage
 * @property {string} name - Its name, which `tests/counts.json` and `--only` use.
 * @property {string} title - What it does.
 * @property {boolean} [quick] - Whether it belongs to the inner loop.
 * @property {boolean} [packaged] - Whether it needs the built package.
 * @property {(env: NodeJS.ProcessEnv) => Promise<Outcome>} run - Runs it.
 */

/** Every stage, in the order in which they are run. @type {Stage[]} */
export const STAGES = [
  { name: 'lint', title: 'Format, lints and types', quick: true, run: lint },
  { name: 'tooling', title: 'The scripts', quick: true, run: node('tests/tooling') },
  {
    name: 'rust',
    title: 'Rust on the host',
    quick: true,
    run: command(cargoCounts, 'cargo', ['test', '--workspace', '--no-fail-fast']),
  },
  { name: 'build', title: 'The npm package', quick: true, run: build },
  {
    name: 'codegen',
    title: 'Printed files are fresh',
    quick: true,
    run: command(single, 'cargo', ['run', '-q', '-p', 'xtask', '--', 'check']),
  },
  { name: 'js', title: 'JavaScript on Node', quick: true, packaged: true, run: node('tests/js') },
  { name: 'contract', title: 'The contract', quick: true, packaged: true, run: node('tests/contract') },
  { name: 'types', title: 'TypeScript types', quick: true, packaged: true, run: node('tests/types') },
  {
    name: 'size',
    title: 'Size of the download',
    packaged: true,
    run: command(single, process.execPath, ['scripts/size.mjs']),
  },
  { name: 'packed', title: 'The packed tarball', packaged: true, run: node('tests/packed') },
  { name: 'browser', title: 'JavaScript in Chromium, page and worker', packaged: true, run: node('tests/browser') },
  { name: 'wasm-node', title: 'Rust in wasm on Node', packaged: true, run: wasmPack(['--node'], 'web_node') },
  {
    name: 'wasm-chrome',
    title: 'Rust in wasm in Chromium',
    packaged: true,
    run: wasmPack(['--headless', '--chrome'], 'web_browser'),
  },
  {
    name: 'wasm-firefox',
    title: 'Rust in wasm in Firefox',
    packaged: true,
    run: wasmPack(['--headless', '--firefox'], 'web_browser'),
  },
  { name: 'examples', title: 'Examples', packaged: true, run: node('tests/examples') },
  { name: 'compile', title: 'Rust programs that must compile', run: compile },
  { name: 'start', title: 'npm start', run: command(operationCounts, process.execPath, ['scripts/start.mjs']) },
];

/** Counts a command as one test. */
function single(_, code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** A stage that is one command, whose output says how many tests it ran. */
function command(read, program, args) {
  return async (env) => {
    const { code, output } = await run(program, args, { env });
    return { ...read(output, code), code };
  };
}

/** A stage of the test files in a folder and the folders in it. */
function node(folder) {
  return (env) => {
    const files = testFiles(folder);
    if (files.length === 0) throw new Error(`${folder} holds no *.test.mjs`);
    return command(nodeCounts, process.execPath, ['--test', '--test-reporter=spec', ...files])(env);
  };
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

async function lint(env) {
  return every(checks(), env);
}

async function build(env) {
  const outcome = await command(single, process.execPath, ['scripts/build.mjs'])(env);
  if (outcome.code === 0) linkPackage();
  return outcome;
}

async function compile(env) {
  const folder = 'tests/compile';
  const manifests = readdirSync(join(ROOT, folder))
    .map((name) => `${folder}/${name}/Cargo.toml`)
    .filter((file) => existsSync(join(ROOT, file)));
  const target = { CARGO_TARGET_DIR: env.CARGO_TARGET_DIR ?? join(ROOT, 'target') };
  const args = (manifest) => ['check', '--target', 'wasm32-unknown-unknown', '--manifest-path', manifest];
  return every(
    manifests.map((manifest) => [manifest, 'cargo', args(manifest)]),
    { ...env, ...target },
  );
}

/** Runs commands one after the other, each of them a test. */
async function every(commands, env) {
  const outcome = { passed: 0, failed: 0, skipped: 0, code: 0 };
  for (const [name, program, args] of commands) {
    heading(name);
    const { code } = await run(program, args, { env });
    if (code === 0) outcome.passed += 1;
    else outcome.failed += 1;
  }
  return outcome;
}

/** A stage of the crate's wasm tests, with the sandbox served over HTTP. */
function wasmPack(runtime, suite) {
  return async (env) => {
    const server = await serveForTests();
    try {
      const args = ['test', ...runtime, '.', '--features', 'bindings', '--test', suite];
      return await command(cargoCounts, 'wasm-pack', args)({ ...env, RESPOND_IO_SANDBOX_URL: `${server.url}/v2` });
    } finally {
      await server.close();
    }
  };
}
