import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { DEMO } from '../../scripts/demo.mjs';
import { serveSite } from './site.mjs';

/** How many checks beside the operations each scope makes; see CHECKS in site/scope.js. */
const CHECKS = 6;

let browser;
let site;

before(async () => {
  site = await serveSite();
  browser = await chromium.launch({
    executablePath: process.env.CHROME_BIN ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
});

after(async () => {
  await browser?.close();
  site?.close();
});

for (const [scope, name] of [
  ['a page', 'runInPage'],
  ['a dedicated worker', 'runInWorker'],
]) {
  describe(`in ${scope}`, async () => {
    let rows;

    before(async () => {
      const server = await serveSandbox({ port: 0, controlOrigin: site.url });
      const page = await browser.newPage();
      const problems = [];
      page.on('pageerror', (error) => problems.push(error.message));
      try {
        await page.goto(`${site.url}/site/index.html`);
        await page.waitForFunction((name) => name in window, name);
        rows = await page.evaluate(([name, url]) => window[name](url), [name, server.url]);
      } finally {
        await page.close();
        await server.close();
      }
      assert.deepEqual(problems, []);
    });

    for (const id of Object.keys(DEMO)) {
      test(`${id} over HTTP`, () => {
        const row = rows.find((row) => row.name === id);
        assert.deepEqual(row, { name: id });
      });
    }

    test('what only a browser can show', () => {
      const others = rows.filter((row) => !(row.name in DEMO));
      assert.equal(others.length, CHECKS);
      assert.deepEqual(
        others.filter((row) => row.error),
        [],
      );
    });
  });
}
