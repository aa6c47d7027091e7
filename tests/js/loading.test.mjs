import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { browserEntry, MODULE, streaming, trapNext, wasm } from './browser-entry.mjs';

test('the browser entry fetches the module beside it, on first use, once', async () => {
  const { library, fetched } = await browserEntry([streaming]);
  const fetch = async () => new Response('{"id":1}');
  const client = new library.RespondIO({ apiToken: 'token', fetch });
  assert.deepEqual(fetched, []);
  await Promise.all([client.contacts.get('id:1'), client.contacts.get('id:2'), library.ready()]);
  assert.deepEqual(fetched, [MODULE.href]);
});

test('a server that knows no application/wasm will do', async () => {
  const { library } = await browserEntry([() => wasm({ 'content-type': 'application/octet-stream' })]);
  await library.ready();
});

test('a failed load is tried again', async () => {
  const { library, fetched } = await browserEntry([
    new TypeError('offline'),
    () => new Response('', { status: 503 }),
    streaming,
  ]);
  const client = new library.RespondIO({ apiToken: 'token', fetch: async () => new Response('{"id":1}') });
  await assert.rejects(library.ready(), /offline/);
  await assert.rejects(client.contacts.get('id:1'), { name: 'InternalError', operation: 'getContact' });
  assert.deepEqual(await client.contacts.get('id:1'), { id: 1 });
  assert.equal(fetched.length, 3);
});

test('a load that does not end is given up, and tried anew by the next call', async () => {
  const { library } = await browserEntry([() => new Promise(() => {}), streaming]);
  const client = new library.RespondIO({ apiToken: 'token', timeout: 20, fetch: async () => new Response('{"id":1}') });
  await assert.rejects(client.contacts.get('id:1'), { name: 'TimeoutError', attempts: 0 });
  assert.deepEqual(await client.contacts.get('id:1', { timeout: 5000 }), { id: 1 });
});

test('what a call leaves is found in memory that has grown', async () => {
  const { library } = await browserEntry([streaming]);
  const bodies = [];
  const fetch = async (_url, { body }) => {
    bodies.push(body);
    return bodies.length === 2 ? new Response('{}', { status: 503 }) : new Response('{"id":1}');
  };
  const client = new library.RespondIO({ apiToken: 'token', fetch });
  await client.contacts.get('id:1');
  const contact = { firstName: 'A'.repeat(300_000) };
  const { attempts } = await client.contacts.update('id:1', contact).withResponse();
  assert.deepEqual([attempts, bodies.map((body) => body?.length)], [2, [undefined, 300_016, 300_016]]);
});

test('a trap costs one call: the next has a new instance', async () => {
  const { library, fetched } = await browserEntry([streaming]);
  const client = new library.RespondIO({ apiToken: 'token', fetch: async () => new Response('{"id":1}') });
  trapNext('request');
  await assert.rejects(client.contacts.get('id:1'), { name: 'InternalError', operation: 'getContact' });
  assert.deepEqual(await client.contacts.get('id:1'), { id: 1 });
  assert.equal(fetched.length, 1);
});

test('a token is refused in a page and in a worker, and a path is taken without one', async () => {
  const { library } = await browserEntry([]);
  const { RespondIO, ValidationError } = library;
  const { process } = globalThis;
  for (const scope of ['document', 'WorkerGlobalScope']) {
    Object.assign(globalThis, { [scope]: {}, process: undefined, location: { origin: 'https://app.example.com' } });
    try {
      assert.throws(
        () => new RespondIO({ apiToken: 'token' }),
        (error) => error instanceof ValidationError && /proxy/.test(error.message),
      );
      new RespondIO({ apiToken: 'token', dangerouslyAllowBrowser: true });
      new RespondIO({ apiToken: 'token', baseUrl: '/api', dangerouslyAllowBrowser: true });
      globalThis.location = { origin: 'http://app.example.com' };
      new RespondIO({ baseUrl: '/api/respond' });
      const overHttp = { apiToken: 'token', baseUrl: '/api', dangerouslyAllowBrowser: true };
      assert.throws(() => new RespondIO(overHttp), { path: 'baseUrl' });
      globalThis.location = { origin: 'https://app.example.com' };
      new RespondIO({ baseUrl: '/api/respond' });
      assert.throws(() => new RespondIO({ baseUrl: '//evil.example.com' }), { path: 'apiToken' });
      assert.throws(() => new RespondIO({ baseUrl: '/\t/evil.example.com' }), { path: 'baseUrl' });
      assert.throws(() => new RespondIO({ baseUrl: '/api', headers: { authorization: 'Bearer x' } }), {
        path: 'headers',
      });
      assert.throws(() => new RespondIO({ baseUrl: 'https://evil.example.com' }), { path: 'apiToken' });
    } finally {
      globalThis.process = process;
      delete globalThis[scope];
      delete globalThis.location;
    }
  }
});

test('nothing in the package compiles code at run time or imports dynamically', () => {
  const folder = new URL('../../pkg/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  assert.ok(names.some((name) => name.startsWith('chunk-')));
  for (const name of names) {
    assert.doesNotMatch(readFileSync(new URL(name, folder), 'utf8'), /\bimport\(|\bnew Function\b|\beval\(/, name);
  }
});
