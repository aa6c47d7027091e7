// Every runtime of the matrix: how the suite gets into it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { ROOT } from '../../scripts/root.mjs';
import { run, step } from '../../scripts/run.mjs';
import { freeAddress } from '../../scripts/sandbox-server.mjs';
import { startServer } from '../examples/server.mjs';
import { addSuite, serveSandbox } from './app.mjs';
import { BROWSERS, waitFor } from './browsers.mjs';
import { choose } from './exports.mjs';
import { serveFolder } from './site.mjs';
import { node, tool } from './tools.mjs';

/** The compatibility dates of the Workers: miniflare is the newest that runs on Node 20, wrangler runs on Node 22. */
const DATES = { miniflare: '2026-04-01', wrangler: '2026-11-01' };
/** Vitest's report as JSON. */
const REPORT = ['--reporter=json', '--outputFile=report.json'];
const WORKER = 'tests/matrix/hosts/worker.mjs';

/**
 * A runtime.
 *
 * @typedef {object} Runtime
 * @property {string} name - Its name in the table.
 * @property {import('../../scripts/tools.mjs').Tool[]} [tools] - What it needs installed.
 * @property {string} [file] - The program that it is.
 * @property {(app: import('./app.mjs').App) => Promise<{ name: string, error?: string }[]>} run - Runs the suite.
 */

/** @type {Runtime[]} */
export const RUNTIMES = [
  program('Node 20', ['node'], node(20)),
  program('Node 22', ['node'], node(22)),
  program('Node 24', ['node'], node(24)),
  program('Deno 2', ['deno', 'node'], join(ROOT, 'node_modules/.bin/deno'), (host) => [
    ...['run', '--quiet', '--no-lock', '--no-prompt', '--node-modules-dir=manual', `--allow-net=${host}`],
  ]),
  program('Bun', ['bun', 'node'], join(ROOT, 'node_modules/.bin/bun')),
  { name: 'workerd by miniflare', run: inMiniflare },
  { name: 'workerd by wrangler dev', run: inWranglerDev },
  { name: "workerd by Cloudflare's vitest pool", run: inVitestPool },
  browser('Chromium, page', 'chromium', 'page'),
  browser('Chromium, dedicated worker', 'chromium', 'worker'),
  browser('Chromium, service worker', 'chromium', 'serviceWorker'),
  browser('Firefox, page', 'firefox', 'page'),
  browser('Firefox, dedicated worker', 'firefox', 'worker'),
  browser('Firefox, service worker', 'firefox', 'serviceWorker'),
  browser('WebKitGTK, page', 'webkit', 'page'),
  browser('Chromium, page with /inline', 'chromium', 'page', './inline'),
  browser('Firefox, page with /inline', 'firefox', 'page', './inline'),
  browser('WebKitGTK, page with /inline', 'webkit', 'page', './inline'),
];

/** A runtime that is a program, with the flags that let it reach a host. */
function program(name, conditions, file, flags = () => []) {
  return {
    name,
    file,
    async run(app) {
      const home = addSuite(app, conditions[0], conditions);
      const server = await serveSandbox(app);
      const given = [...flags(new URL(server.url).host), join(home, 'tests/matrix/hosts/program.mjs'), server.url];
      try {
        const { stdout } = await step(name, file, given, { cwd: app.folder, quiet: true, minutes: 2 });
        return JSON.parse(stdout);
      } finally {
        await server.close();
      }
    },
  };
}

async function inMiniflare(app) {
  const home = addSuite(app, 'workerd', ['workerd']);
  const { outputFiles } = await build({
    entryPoints: [join(home, WORKER)],
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd'],
    external: ['*.wasm'],
  });
  const names = readdirSync(app.library).filter((name) => name.endsWith('.wasm'));
  const modules = names.map((name) => ({
    type: 'CompiledWasm',
    path: name,
    contents: readFileSync(join(app.library, name)),
  }));
  const worker = { type: 'ESModule', path: 'worker.js', contents: outputFiles[0].text };
  const miniflare = new Miniflare({ compatibilityDate: DATES.miniflare, modules: [worker, ...modules] });
  const server = await serveSandbox(app);
  try {
    return await (await miniflare.dispatchFetch(withSandbox('http://worker/', server))).json();
  } finally {
    // One that never started throws as it is disposed of.
    await Promise.allSettled([miniflare.dispose(), server.close()]);
  }
}

async function inWranglerDev(app) {
  const home = addWorker(app);
  const { port } = new URL(`http://${await freeAddress()}`);
  const args = [tool('wrangler/bin/wrangler.js'), 'dev', '--port', port, '--ip', '127.0.0.1', '--inspector-port', '0'];
  const env = { CI: '1', WRANGLER_SEND_METRICS: 'false', PATH: withNode(22) };
  const dev = await startServer(node(22), args, { cwd: home, env, ready: /Ready on/ });
  const server = await serveSandbox(app);
  try {
    return await (await fetch(withSandbox(`http://127.0.0.1:${port}/`, server))).json();
  } finally {
    await Promise.allSettled([dev.stop('SIGTERM'), server.close()]);
  }
}

async function inVitestPool(app) {
  const home = addWorker(app);
  const server = await serveSandbox(app);
  const args = [tool('vitest/vitest.mjs'), 'run', '--config', 'tests/matrix/hosts/pool.config.mjs', ...REPORT];
  const env = { ...process.env, SANDBOX_URL: server.url, PATH: withNode(22) };
  try {
    const { output } = await run(node(22), args, { cwd: home, env, quiet: true, minutes: 3 });
    const [{ assertionResults }] = JSON.parse(readFileSync(join(home, 'report.json'), 'utf8')).testResults;
    if (assertionResults.length === 0) throw new Error(output);
    return assertionResults.map(({ title, status, failureMessages }) => ({
      name: title,
      ...(status === 'passed' ? {} : { error: failureMessages.join() }),
    }));
  } finally {
    await server.close();
  }
}

/** Puts the suite into an app as a Worker with what wrangler wants to know. */
function addWorker(app) {
  const home = addSuite(app, 'workerd', ['workerd']);
  const settings = { name: 'suite', main: WORKER, compatibility_date: DATES.wrangler };
  writeFileSync(join(home, 'wrangler.json'), JSON.stringify(settings));
  return home;
}

/**
 * A scope of a browser; the site is served from the installed files, which no bundler has touched. `main` is the entry
 * that stands for the package.
 */
function browser(name, kind, scope, main = '.') {
  return {
    name,
    tools: kind === 'firefox' ? ['geckodriver', 'firefox'] : [kind],
    async run(app) {
      const folder = main === '.' ? 'browser' : 'browser-inline';
      addSuite(app, folder, ['browser'], main !== '.');
      const { exports } = JSON.parse(readFileSync(join(app.library, 'package.json'), 'utf8'));
      const fileOf = (id) =>
        choose(exports[id === 'respond-io-wasm' ? main : id.replace('respond-io-wasm', '.')], ['browser']);
      const site = await serveFolder(app.folder, (id) => join('/node_modules/respond-io-wasm', fileOf(id)));
      const server = await serveSandbox(app, site.url);
      const session = await BROWSERS[kind]();
      try {
        await session.open(`${site.url}/${folder}/tests/matrix/hosts/page.html`);
        await waitFor(session, 'window.scopes');
        const rows = await session.run('return window.scopes[given[0]](given[1]);', [scope, server.url]);
        // The entry under test has loaded the engine, and no other one has done it for it.
        assert.equal(site.asked.includes('/node_modules/respond-io-wasm/engine.browser.wasm'), main === '.');
        return rows;
      } finally {
        await Promise.allSettled([session.close(), server.close(), site.close()]);
      }
    },
  };
}

function withSandbox(address, { url }) {
  return new URL(`?${new URLSearchParams({ sandbox: url })}`, address);
}

/** The PATH with a version of Node first, for what starts further programs. */
function withNode(major) {
  return `${dirname(node(major))}${delimiter}${process.env.PATH}`;
}
