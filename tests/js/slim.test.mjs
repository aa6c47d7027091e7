import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';

const PACKAGE = new URL('../../pkg/', import.meta.url);
const BYTES = readFileSync(new URL('engine.wasm', PACKAGE));
const OPTIONS = { apiToken: 'token', fetch: async () => new Response('{"id":1}'), rateLimit: false };

let server;
let address;
/** How the server answers: a status and a content type. */
let answer = [200, 'application/wasm'];

before(async () => {
  server = createServer((_, response) => {
    const [status, type] = answer;
    response.writeHead(status, { 'content-type': type }).end(BYTES);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${server.address().port}/engine.wasm`;
});

after(() => server.close());

/** A fresh copy of entries, whose engine nobody has loaded. */
async function copyOf(...names) {
  const contents = names.map((name, at) => `export * as e${at} from './${name}.js';`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: PACKAGE.pathname },
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
  });
  const source = `${outputFiles[0].text}\n// ${Math.random()}`;
  const { e0, e1 } = await import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);
  return [e0, e1];
}

const get = (library) => new library.RespondIO(OPTIONS).contacts.get('id:1');

const SOURCES = {
  'a module': () => new WebAssembly.Module(BYTES),
  'a module of another realm': () => runInNewContext('new WebAssembly.Module(bytes)', { bytes: BYTES }),
  bytes: () => new Uint8Array(BYTES),
  'an ArrayBuffer': () => new Uint8Array(BYTES).buffer,
  'a URL': () => new URL(address),
  'a URL as text': () => address,
  'a Response': () => fetch(address),
  'a Response of a server that knows no application/wasm': async () => new Response(BYTES),
  'a promise': async () => new WebAssembly.Module(BYTES),
};

for (const [name, source] of Object.entries(SOURCES)) {
  test(`slim takes ${name}`, async () => {
    const [slim] = await copyOf('slim.browser');
    await slim.init(source());
    assert.deepEqual(await get(slim), { id: 1 });
  });
}

test('without a module a call says what to do, and works once it is there', async () => {
  const [slim] = await copyOf('slim.node');
  const error = await get(slim).catch((error) => error);
  assert.ok(error instanceof slim.InternalError && error.outcome === 'not_sent');
  assert.match(error.cause.message, /call init\(\) with it before the first call/);
  await slim.init(BYTES);
  assert.deepEqual(await get(slim), { id: 1 });
});

test('a call that was made while the module is on its way waits for it', async () => {
  const [slim] = await copyOf('slim.workerd');
  let give;
  const done = slim.init(new Promise((resolve) => (give = resolve)));
  const call = get(slim);
  give(BYTES);
  assert.deepEqual(await call, { id: 1 });
  await done;
});

test('what cannot be fetched or compiled is told, and init may be called again', async () => {
  const [slim] = await copyOf('slim.browser');
  answer = [404, 'text/plain'];
  await assert.rejects(slim.init(address), /engine\.wasm was answered with 404/);
  answer = [200, 'application/wasm'];
  await assert.rejects(slim.init(new Uint8Array(8)), WebAssembly.CompileError);
  await slim.init(address);
  assert.deepEqual(await get(slim), { id: 1 });
});

test('a module that is loaded stays', async () => {
  const [slim] = await copyOf('slim.browser');
  await slim.init(BYTES);
  await slim.init(Promise.reject(new Error('never asked')).catch(() => BYTES));
  assert.deepEqual(await get(slim), { id: 1 });
});

for (const order of [
  ['inline', 'slim.browser'],
  ['slim.browser', 'inline'],
]) {
  test(`beside an entry with a module of its own slim needs none: ${order}`, async () => {
    const [first, second] = await copyOf(...order);
    assert.deepEqual(await get(first), { id: 1 });
    assert.equal(first.RespondIO, second.RespondIO);
  });
}

test('inline fetches nothing', async () => {
  const { fetch } = globalThis;
  globalThis.fetch = () => assert.fail('it fetched');
  try {
    const [inline] = await copyOf('inline');
    assert.deepEqual(await get(inline), { id: 1 });
  } finally {
    globalThis.fetch = fetch;
  }
});

/** A page that the engine of servers records. */
const contact = (_, id) => ({ id, firstName: 'Aida', email: `aida.${id}@example.com` });
const PAGE = JSON.stringify({ items: Array.from({ length: 50 }, contact) });

for (const file of ['engine.wasm', 'engine.browser.wasm']) {
  for (const entry of ['slim.browser', 'slim.node', 'slim.workerd']) {
    test(`${entry} takes ${file}`, async () => {
      const [slim] = await copyOf(entry);
      await slim.init(readFileSync(new URL(file, PACKAGE)));
      const client = new slim.RespondIO({ ...OPTIONS, fetch: async () => new Response(PAGE) });
      assert.deepEqual((await client.contacts.list()).raw, JSON.parse(PAGE));
    });
  }
}
