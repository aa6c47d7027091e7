// Starts what can take the steps of the scenario.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { chromium } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';
import { startFirefoxSession } from './webdriver.mjs';

/**
 * Something that takes steps. `page` is where a browser's page comes from; the server itself where it is left out.
 *
 * @typedef {object} Taker
 * @property {(url: string, steps: readonly import('./scenario.mjs').Step[], page?: string) => Promise<object[]>} take
 * @property {() => Promise<void>} close
 */

const HOST = join(ROOT, 'tests/wire/host.mjs');
const ENTRY = import.meta.resolve('respond-io-wasm');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
const TYPES = {
  '.html': 'text/html',
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** The runtimes that are programs: how they are told to trust every certificate, and what they run. */
const PROGRAMS = {
  node: { command: [process.execPath], trust: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
  deno: {
    command: [join(ROOT, 'node_modules/.bin/deno'), 'run', '--quiet', '--allow-all'],
    trustFlags: ['--unsafely-ignore-certificate-errors'],
  },
  bun: { command: [join(ROOT, 'node_modules/.bin/bun')], trust: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
};

/**
 * A runtime that is a program; each run is a process of its own, which finds no connection open.
 *
 * @param {keyof typeof PROGRAMS} name - Which.
 * @param {object} [options]
 * @param {boolean} [options.trusting] - Whether it takes every certificate; it does where this is left out.
 * @param {readonly string[]} [options.flags] - Flags of the program.
 * @param {Record<string, string>} [options.env] - Environment variables beside this process's own.
 * @returns {Taker} Nothing runs yet.
 */
export function program(name, { trusting = true, flags = [], env = {} } = {}) {
  const { command, trust = {}, trustFlags = [] } = PROGRAMS[name];
  const [file, ...args] = [...command, ...flags, ...(trusting ? trustFlags : []), HOST, ENTRY];
  const options = { env: { ...process.env, ...(trusting && trust), ...env }, timeout: 60_000 };
  return {
    async take(url, steps) {
      const { stdout } = await promisify(execFile)(file, [...args, url, JSON.stringify(steps)], options);
      return JSON.parse(stdout);
    },
    async close() {},
  };
}

/** Starts workerd. @returns {Promise<Taker>} */
export async function startWorkerd() {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'tests/wire/worker.mjs')],
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd'],
    external: ['*.wasm'],
  });
  const worker = new Miniflare({
    compatibilityDate: '2026-04-01',
    modules: [
      { type: 'ESModule', path: 'worker.js', contents: outputFiles[0].text },
      { type: 'CompiledWasm', path: 'engine.wasm', contents: await readFile(new URL('engine.wasm', ENTRY)) },
    ],
  });
  await worker.ready;
  return {
    async take(url, steps) {
      const body = JSON.stringify({ url, steps });
      return (await worker.dispatchFetch('http://worker/', { method: 'POST', body })).json();
    },
    close: () => worker.dispose(),
  };
}

/** Starts Chromium. @returns {Promise<Taker>} */
export async function startChromium() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_BIN ?? '/usr/bin/chromium',
    args: [...FLAGS, '--ignore-certificate-errors'],
  });
  return {
    async take(url, steps, page = url) {
      // A context has connections of its own.
      const context = await browser.newContext();
      try {
        const tab = await context.newPage();
        await tab.goto(`${page}/wire/page.html`);
        await tab.waitForFunction('window.take');
        return await tab.evaluate(([url, steps]) => window.take(url, steps), [url, steps]);
      } finally {
        await context.close();
      }
    },
    close: () => browser.close(),
  };
}

/** Starts Firefox. @returns {Promise<Taker>} */
export async function startFirefox() {
  const session = await startFirefoxSession();
  return {
    async take(url, steps, page = url) {
      await session.open(`${page}/wire/page.html`);
      return session.run('while (!window.take) await new Promise((go) => setTimeout(go, 20)); return take(...given);', [
        url,
        steps,
      ]);
    },
    close: () => session.close(),
  };
}

/** What a page of the test finds on the counting server: the package, and this folder. */
export async function site(path) {
  const [, folder, name = ''] = /^\/(pkg|wire)\/([\w.-]+)$/.exec(path) ?? [];
  const root = { pkg: new URL('.', ENTRY), wire: new URL('.', import.meta.url) }[folder];
  if (!root) return undefined;
  const content = await readFile(fileURLToPath(new URL(name, root))).catch(() => undefined);
  return content && { type: TYPES[extname(name)], content };
}
