// Every bundler of the matrix, and the test runners: how the fixtures get through it, and what comes of them.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Miniflare } from 'miniflare';
import { ROOT } from '../../scripts/root.mjs';
import { run, step } from '../../scripts/run.mjs';
import { freeAddress } from '../../scripts/sandbox-server.mjs';
import { startServer } from '../examples/server.mjs';
import { serveSandbox } from './app.mjs';
import { BROWSERS, waitFor } from './browsers.mjs';
import { serveRegistry } from './registry.mjs';
import { serveFolder } from './site.mjs';
import { node, TOOLS, tool } from './tools.mjs';

const FIXTURES = join(ROOT, 'tests/matrix/fixtures');
const PAGE = 'a page in Chromium';
const NEXT = ['a client component', 'a route handler on Node', 'a handler at the edge'];

/**
 * A bundler, or another tool that resolves packages.
 *
 * @typedef {object} Bundler
 * @property {string} name - Its name in the table.
 * @property {import('../../scripts/tools.mjs').Tool[]} [tools] - What it needs installed.
 * @property {string[]} checks - What is built.
 * @property {(app: import('./app.mjs').App) => Promise<Record<string, string>>} run - Builds it and gives what each says:
 * `Hello Aida!`.
 */

/** @type {Bundler[]} */
export const BUNDLERS = [
  { name: 'Vite, dev without configuration', tools: ['chromium'], checks: [PAGE], run: viteDev },
  page('Vite, build', (folder) => program(folder, 'vite/bin/vite.js', 'build', '--base', './')),
  page('webpack', (folder) => program(folder, undefined, 'build.mjs'), 'webpack'),
  page('rollup', (folder) => program(folder, 'rollup/dist/bin/rollup', '-c', 'rollup.config.mjs'), 'rollup'),
  page('esbuild, modules copied', script('copied'), 'esbuild'),
  page('esbuild, with /slim', script('slim'), 'esbuild'),
  page('esbuild, a classic script with /inline', script('inline'), 'esbuild'),
  {
    name: 'Next with Turbopack, standalone',
    tools: ['chromium'],
    checks: [...NEXT, 'an edge route of app/'],
    run: nextTurbopack,
  },
  { name: 'Next with webpack, standalone', tools: ['chromium'], checks: NEXT, run: nextWebpack },
  { name: 'A single file for Node', checks: ['a program elsewhere'], run: (app) => single(app, 'node', node(20)) },
  {
    name: 'A single file for Bun',
    checks: ['a program elsewhere'],
    run: (app) => single(app, 'bun', join(ROOT, 'node_modules/.bin/bun')),
  },
  { name: 'wrangler', checks: ['a Worker'], run: wrangler },
  { name: 'Vitest', checks: ['a test'], run: (app) => tested(app, 'vitest', [tool('vitest/vitest.mjs'), 'run']) },
  {
    name: 'Jest',
    checks: ['a test'],
    run: (app) => tested(app, 'jest', ['--experimental-vm-modules', tool('jest/bin/jest.js'), '--rootDir', '.']),
  },
  { name: 'Deno, npm: specifier', checks: ['deno check', 'deno run'], run: denoNpm },
];

/** A bundler whose output is a folder with a page, which is then served under a strict policy. */
function page(name, make, fixture) {
  return {
    name,
    tools: ['chromium'],
    checks: [PAGE],
    async run(app) {
      const folder = addFixtures(app, ['page', ...(fixture ? [fixture] : [])]);
      await make(folder);
      const dist = join(folder, 'dist');
      // Where the bundler writes no page itself.
      cpSync(join(folder, 'index.html'), join(dist, 'index.html'), { force: false });
      const site = await serveFolder(dist);
      try {
        return { [PAGE]: await shown(`${site.url}/index.html`) };
      } finally {
        site.close();
        rmSync(folder, { recursive: true });
      }
    },
  };
}

/** A new folder in the app with fixtures, and the module that all of them import. */
function addFixtures(app, names) {
  const folder = join(app.folder, names.at(-1));
  for (const name of names) cpSync(join(FIXTURES, name), folder, { recursive: true });
  cpSync(join(FIXTURES, 'greet.js'), join(folder, 'greet.js'));
  return folder;
}

/** What a page says in Chromium once it says something. */
async function shown(url) {
  const session = await BROWSERS.chromium();
  try {
    await session.open(url);
    return await waitFor(session, 'document.body.innerText.trim()');
  } finally {
    await session.close();
  }
}

function program(folder, path, ...args) {
  const given = path === undefined ? args : [tool(path), ...args];
  return step(given.join(' '), node(22), given, { cwd: folder, quiet: true, minutes: 4, env: environment() });
}

function environment() {
  return { ...process.env, NEXT_TELEMETRY_DISABLED: '1', WRANGLER_SEND_METRICS: 'false', PROJECT_ROOT: TOOLS };
}

/** Runs a script of the fixture's own package.json. */
function script(name) {
  const env = { ...environment(), PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env.PATH}` };
  return (folder) => step(`npm run ${name}`, 'npm', ['run', name], { cwd: folder, quiet: true, env });
}

/** Bundles a program into one file and runs it where nothing else is. */
async function single(app, name, program) {
  const folder = addFixtures(app, ['single']);
  const elsewhere = mkdtempSync(join(tmpdir(), 'respond-io-single-'));
  try {
    await script(name)(folder);
    assert.deepEqual(readdirSync(join(folder, 'dist')), ['program.mjs']);
    cpSync(join(folder, 'dist/program.mjs'), join(elsewhere, 'program.mjs'));
    rmSync(folder, { recursive: true });
    const { output } = await run(program, ['program.mjs'], { cwd: elsewhere, quiet: true, minutes: 1 });
    return { 'a program elsewhere': output.trim() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(elsewhere, { recursive: true });
  }
}

async function viteDev(app) {
  const folder = addFixtures(app, ['page']);
  const { port } = new URL(`http://${await freeAddress()}`);
  const args = [tool('vite/bin/vite.js'), '--host', '127.0.0.1', '--port', port, '--strictPort'];
  const dev = await startServer(node(22), args, { cwd: folder, env: { NO_COLOR: '1' }, ready: /Local:/ });
  try {
    return { [PAGE]: await shown(`http://127.0.0.1:${port}/`) };
  } finally {
    await dev.stop();
    rmSync(folder, { recursive: true });
  }
}

async function nextTurbopack(app) {
  return inStandalone(app, '--turbopack', { ...NEXT_PATHS, 'an edge route of app/': '/edge' });
}

async function nextWebpack(app) {
  // Next 16 builds no edge route of app/ with webpack, whatever it imports: it looks for a manifest that it has not written.
  return inStandalone(app, '--webpack', NEXT_PATHS, (folder) => rmSync(join(folder, 'app/edge'), { recursive: true }));
}

const NEXT_PATHS = { 'a route handler on Node': '/node', 'a handler at the edge': '/api/edge' };

/** Builds the app, copies what is to be deployed elsewhere, removes the rest and runs it. */
async function inStandalone(app, bundler, paths, adapt = () => {}) {
  const folder = addFixtures(app, ['next']);
  const elsewhere = join(app.folder, '../standalone');
  try {
    adapt(folder);
    await program(folder, 'next/dist/bin/next', 'build', bundler);
    renameSync(join(folder, '.next/standalone'), elsewhere);
    const server = join(elsewhere, folder.slice(TOOLS.length));
    renameSync(join(folder, '.next/static'), join(server, '.next/static'));
    rmSync(folder, { recursive: true });
    return await askNext(server, paths);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(elsewhere, { recursive: true, force: true });
  }
}

async function askNext(folder, paths) {
  const address = await freeAddress();
  const { hostname, port } = new URL(`http://${address}`);
  const env = { HOSTNAME: hostname, PORT: port, NEXT_TELEMETRY_DISABLED: '1' };
  const site = await startServer(node(20), ['server.js'], { cwd: folder, env, ready: /Ready in/ });
  try {
    const said = { 'a client component': await shown(`http://${address}/`) };
    for (const [name, path] of Object.entries(paths))
      said[name] = await (await fetch(`http://${address}${path}`)).text();
    return said;
  } finally {
    await site.stop();
  }
}

async function wrangler(app) {
  const folder = addFixtures(app, ['worker']);
  await program(folder, 'wrangler/bin/wrangler.js', 'deploy', '--dry-run', '--outdir', 'dist');
  const names = readdirSync(join(folder, 'dist')).filter((name) => /\.(js|wasm)$/.test(name));
  const modules = names.sort().map((name) => ({
    type: name.endsWith('.js') ? 'ESModule' : 'CompiledWasm',
    path: name,
    contents: readFileSync(join(folder, 'dist', name)),
  }));
  // The first module is the main one.
  modules.sort((left, right) => left.type.length - right.type.length);
  const worker = new Miniflare({ compatibilityDate: '2026-04-01', modules });
  try {
    return { 'a Worker': await (await worker.dispatchFetch('http://worker/')).text() };
  } finally {
    // One that never started throws as it is disposed of.
    await worker.dispose().catch(() => {});
  }
}

async function tested(app, name, args) {
  const folder = addFixtures(app, [name]);
  try {
    const { code, output } = await run(node(22), args, { cwd: folder, quiet: true, minutes: 2 });
    return { 'a test': code === 0 && /1 passed/.test(output) ? 'Hello Aida!' : output };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Deno takes the tarball from a registry, with the permissions that it needs and no other. */
async function denoNpm(app) {
  const folder = join(app.folder, 'deno-npm');
  mkdirSync(folder);
  cpSync(join(FIXTURES, 'deno/greet.ts'), join(folder, 'greet.ts'));
  const registry = await serveRegistry(app.tarball);
  const server = await serveSandbox(app);
  const env = { ...process.env, NPM_CONFIG_REGISTRY: registry.url, DENO_DIR: join(folder, 'cache'), NO_COLOR: '1' };
  const deno = (...args) =>
    run(join(ROOT, 'node_modules/.bin/deno'), args, { cwd: folder, env, quiet: true, minutes: 2 });
  const flags = ['--quiet', '--no-lock', '--no-config', '--node-modules-dir=none'];
  try {
    const checked = await deno('check', ...flags, 'greet.ts');
    const allowed = `--allow-net=${new URL(server.url).host}`;
    const ran = await deno('run', ...flags, '--no-prompt', allowed, 'greet.ts', `${server.url}/v2`);
    return { 'deno check': checked.code === 0 ? 'Hello Aida!' : checked.output, 'deno run': ran.output.trim() };
  } finally {
    registry.close();
    await server.close();
  }
}
