import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { ROOT } from '../../scripts/root.mjs';
import { step } from '../../scripts/run.mjs';
import { freeAddress } from '../../scripts/sandbox-server.mjs';
import { installPacked } from '../packed/install.mjs';
import { deliver, received, serveWorkspace, TOKEN } from './bot.mjs';
import { startServer } from './server.mjs';

const PASSWORD = 'open sesame';
const NEXT = 'node_modules/next/dist/bin/next';
/** A webhook as docs/edge.md mounts it; made when it is first called, as the build has no variables. */
const WEBHOOK = `
import { createWebhookHandler } from 'respond-io-wasm/webhooks';

const onUnknown = ({ event_type }) => console.log(event_type);
let handler;
export const POST = (request) => {
  handler ??= createWebhookHandler({ keys: process.env.RESPOND_IO_SIGNING_KEY, onUnknown });
  return handler(request);
};
`;

let packed;
let folder;
let service;
let site;
let url;
let browser;
let page;
/** Everything that went over the network, as text. */
const log = [];

before(async () => {
  service = await serveWorkspace(3);
  packed = await installPacked();
  folder = join(packed.folder, 'next');
  await build();
  await serve();
  browser = await chromium.launch({
    executablePath: process.env.CHROME_BIN ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  page = await browser.newPage();
  page.on('request', (request) => log.push(recordRequest(request)));
  page.on('response', (response) => log.push(recordResponse(response)));
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await service?.close();
  packed?.remove();
});

/** Installs what the example's lock says and the tarball, and builds the app where no variable is set. */
async function build() {
  cpSync(join(ROOT, 'examples/next'), folder, {
    recursive: true,
    filter: (path) => !/\/(node_modules|\.next)$/.test(path),
  });
  mkdirSync(join(folder, 'app/webhook'));
  writeFileSync(join(folder, 'app/webhook/route.js'), WEBHOOK);
  const quiet = { cwd: folder, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }, quiet: true, minutes: 5 };
  const install = ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await step('Installing Next', 'npm', install, quiet);
  const library = 'node_modules/respond-io-wasm';
  cpSync(join(packed.folder, library), join(folder, library), { recursive: true });
  await step('Building the app', process.execPath, [NEXT, 'build'], quiet);
}

async function serve() {
  const address = await freeAddress();
  url = `http://${address}`;
  const { port } = new URL(url);
  site = await startServer(process.execPath, [NEXT, 'start', '--hostname', '127.0.0.1', '--port', port], {
    cwd: folder,
    env: {
      NEXT_TELEMETRY_DISABLED: '1',
      ...service.env,
      SESSION_SECRET: 'a secret of the test',
      TEAM_PASSWORD: PASSWORD,
    },
    ready: /Ready in/,
  });
}

async function recordRequest(request) {
  const headers = JSON.stringify(await request.allHeaders());
  return { url: request.url(), text: `${request.method()} ${request.url()}\n${headers}\n${request.postData() ?? ''}` };
}

async function recordResponse(response) {
  const headers = JSON.stringify(await response.allHeaders());
  const body = await response.body().catch(() => '');
  return {
    url: response.url(),
    text: `${response.status()} ${response.url()}\n${headers}\n${body.toString('latin1')}`,
  };
}

/** The operations that were asked for since, by what arrived at the service. */
function arrived() {
  const entries = service.sandbox.journal();
  service.sandbox.clearJournal();
  return entries.map(({ operation, status }) => `${operation} ${status}`);
}

/** The row of a contact. */
const row = (id) => page.locator('li').nth(id - 1);

test('whoever has not signed in sees no contact', async () => {
  await page.goto(url);
  await page.fill('input[type=password]', 'another');
  await page.click('button');
  await page.waitForLoadState('networkidle');
  assert.equal(await page.locator('input[type=password]').count(), 1);
  for (const cookie of ['', `session=${Date.now() + 1e9}.AAAA`, 'session=', 'session=.']) {
    assert.equal((await fetch(`${url}/api/respond/contact/list`, { headers: { cookie } })).status, 403, cookie);
  }
  assert.deepEqual(arrived(), []);
});

test('the page lists the contacts', async () => {
  await page.fill('input[type=password]', PASSWORD);
  await page.click('button');
  await row(3).waitFor();
  assert.equal(await page.locator('li').count(), 3);
  assert.deepEqual(arrived(), ['listContacts 200']);
});

test('the server renders the page for whoever is signed in', async () => {
  const response = await page.reload();
  assert.equal(response.status(), 200);
  await row(3).waitFor();
  assert.deepEqual(arrived(), ['listContacts 200']);
});

test('the page sends a message, once for two clicks', async () => {
  await row(2).getByLabel('Message').fill('Your order is there.');
  await row(2).getByRole('button').dblclick();
  await page.getByText('Sent.', { exact: true }).waitFor();
  const [{ url, requestBody, acted }, ...more] = service.sandbox.journal();
  assert.deepEqual([decodeURIComponent(url), acted, more.length], ['/v2/contact/id:2/message', true, 0]);
  assert.deepEqual(JSON.parse(requestBody), { message: { type: 'text', text: 'Your order is there.' } });
  arrived();
});

test('the page says what became of a message that failed', async () => {
  for (const [kind, said] of [
    [{ type: 'status', status: 409, message: 'The conversation is closed.' }, 'Not sent: '],
    [{ type: 'reset_after' }, 'Perhaps sent: '],
  ]) {
    service.sandbox.faults.add({ operation: 'sendMessage', count: 1, kind });
    await row(1).getByLabel('Message').fill('Hello');
    await row(1).getByRole('button').click();
    await row(1).getByText(said).waitFor();
    assert.equal(arrived().length, 1);
  }
});

test('the proxy serves this page and what it needs, and no more', async () => {
  const [{ value }] = await page.context().cookies();
  const ask = (path, init = {}) =>
    fetch(`${url}/api/respond${path}`, { ...init, headers: { cookie: `session=${value}`, ...init.headers } });
  assert.equal((await ask('/contact/list')).status, 200);
  arrived();
  assert.equal((await ask('/contact/list', { headers: { origin: 'https://evil.example' } })).status, 403);
  assert.equal((await ask('/contact/id:1')).status, 403);
  const template = JSON.stringify({
    message: { type: 'whatsapp_template', template: { name: 'a', languageCode: 'en' } },
  });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: template };
  assert.equal((await ask('/contact/id:1/message', init)).status, 403);
  assert.deepEqual(arrived(), []);
});

test('a route takes webhooks', async () => {
  const event = received(1, 'unheard.of');
  assert.equal(await deliver(`${url}/webhook`, event), 200);
  assert.equal(await deliver(`${url}/webhook`, event, null), 401);
  assert.equal(site.output().split('unheard.of').length, 2, site.output());
});

test('nothing that the browser has sent or got holds the token', async () => {
  const all = await Promise.all(log);
  assert.ok(all.length > 20, `${all.length}`);
  for (const path of ['/api/respond/contact/list?limit=20', '/api/respond/contact/id:2/message']) {
    assert.ok(
      all.some((entry) => entry.url === url + path),
      path,
    );
  }
  for (const entry of all) {
    assert.equal(new URL(entry.url).origin, url, entry.url);
    assert.ok(!holdsToken(entry.text), entry.url);
  }
  const files = readdirSync(join(folder, '.next/static'), { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'));
  assert.ok(texts.length > 3 && !texts.some(holdsToken));
});

function holdsToken(text) {
  const forms = [TOKEN, btoa(TOKEN).replace(/=+$/, ''), encodeURIComponent(TOKEN)];
  return /bearer/i.test(text.split('\n')[1] ?? '') || forms.some((form) => text.includes(form));
}
