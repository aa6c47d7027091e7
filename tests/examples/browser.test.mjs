import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { ROOT } from '../../scripts/root.mjs';

let sandboxServer;
let site;
let url;
let browser;
let page;

before(async () => {
  sandboxServer = await serveSandbox({ port: 0 });
  const environment = { RESPOND_IO_TOKEN: 'sandbox', RESPOND_IO_BASE_URL: `${sandboxServer.url}/v2` };
  site = spawn(process.execPath, ['examples/browser/server.mjs', '0'], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(site.stdout, 'data');
  url = String(line).trim();
  browser = await chromium.launch({
    executablePath: process.env.CHROME_BIN ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  page = await browser.newPage();
});

after(async () => {
  await browser?.close();
  site?.kill();
  await sandboxServer?.close();
});

async function find(email) {
  await page.fill('input', email);
  await page.evaluate(() => document.querySelector('output').replaceChildren());
  await page.click('button');
  await page.waitForFunction(() => document.querySelector('output').value !== '');
  return page.textContent('output');
}

test('the page finds a contact, and the token never reaches it', async () => {
  const authorization = 'Bearer sandbox';
  const contact = { method: 'POST', headers: { authorization, 'content-type': 'application/json' } };
  const body = JSON.stringify({ firstName: 'Aida', email: 'aida@example.com' });
  await fetch(`${sandboxServer.url}/v2/contact`, { ...contact, body });
  const sent = [];
  page.on('request', (request) => sent.push(request));
  await page.goto(url);
  assert.equal(await find('aida@example.com'), 'Aida is contact 1.');
  assert.equal(await find('omar@example.com'), 'Nobody has this email.');
  assert.equal(await find('aida'), 'This is not an email.');
  const asked = sent.filter((request) => request.url().includes('/api/respond/'));
  assert.equal(asked.length, 2);
  for (const request of asked) assert.equal((await request.allHeaders()).authorization, undefined);
});

test('the server forwards nothing but what the page needs', async () => {
  const before = sandboxServer.sandbox.journal().length;
  for (const [method, path] of [
    ['DELETE', '/contact/email:aida@example.com'],
    ['GET', '/contact/list'],
    ['GET', '/contact/email:a@b.c/channel'],
    ['POST', '/tag'],
  ]) {
    const response = await fetch(`${url}/api/respond${path}`, { method });
    assert.equal(response.status, 403, `${method} ${path}`);
  }
  assert.equal(sandboxServer.sandbox.journal().length, before);
  for (const path of ['/server.mjs', '/respond-io-wasm/package.json', '/respond-io-wasm/..%2fpackage.json']) {
    assert.equal((await fetch(url + path)).status, 404, path);
  }
});
