import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Miniflare } from 'miniflare';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { ROOT } from '../../scripts/root.mjs';
import { run } from '../../scripts/run.mjs';
import { ensure } from '../../scripts/tools.mjs';
import { bundle, mainOf } from '../runtimes.mjs';

const FOLDER = 'examples/rust-worker';
const KEYS = { RESPOND_IO_TOKEN: 'sandbox', LOOKUP_KEY: 'look', WEBHOOK_KEY: 'whsec_0123456789abcdef' };

describe('the Rust Worker', { concurrency: 1 }, () => {
  let server;
  let worker;
  let env;

  before(async () => {
    env = { CARGO_TARGET_DIR: join(ROOT, 'target/rust-worker'), ...(await ensure(['rust', 'wasm-bindgen'])) };
    const { code, output } = await execute(process.execPath, 'build.mjs');
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, /warning/);
    server = await serveSandbox({ port: 0, seed: { count: 3 } });
    const wasm = 'build/rust_worker_bg.wasm';
    worker = new Miniflare({
      compatibilityDate: '2026-04-01',
      modules: await bundle(mainOf(`${FOLDER}/worker.js`), [wasm], join(ROOT, FOLDER)),
      bindings: { ...KEYS, RESPOND_IO_BASE_URL: `${server.url}/v2` },
    });
    await worker.ready;
  });

  after(async () => {
    await worker?.dispose();
    await server?.close();
  });

  function execute(program, ...args) {
    return run(program, args, { cwd: join(ROOT, FOLDER), env, quiet: true });
  }

  async function lookUp(identifier, key = KEYS.LOOKUP_KEY) {
    const headers = { authorization: `Bearer ${key}` };
    const response = await worker.dispatchFetch(`http://worker/contacts/${identifier}`, { headers });
    return [response.status, await response.text()];
  }

  async function deliver(event, key = KEYS.WEBHOOK_KEY) {
    const body = JSON.stringify(event);
    const headers = { 'x-webhook-signature': createHmac('sha256', key).update(body).digest('base64') };
    const response = await worker.dispatchFetch('http://worker/webhook', { method: 'POST', headers, body });
    return [response.status, await response.text()];
  }

  /** How often a contact was sent the reply. */
  function replies(contact) {
    const { messages } = server.sandbox.snapshot().contacts.find(({ id }) => id === contact);
    return messages.filter(({ content }) => content.text === 'Thank you! We will be with you soon.').length;
  }

  test('its code has the form of rustfmt and no warning of clippy', async () => {
    const form = await execute('cargo', 'fmt', '--check');
    assert.equal(form.code, 0, form.output);
    const lints = await execute('cargo', 'clippy', '-q', '--target', 'wasm32-unknown-unknown', '--', '-D', 'warnings');
    assert.equal(lints.code, 0, lints.output);
  });

  test('it looks a contact up for those who have the key', async () => {
    const { id, profile } = server.sandbox.snapshot().contacts[0];
    const [status, text] = await lookUp(`email:${profile.email}`);
    assert.equal(status, 200, text);
    const { tags, ...contact } = JSON.parse(text);
    assert.deepEqual(contact, { id, firstName: profile.firstName });
    assert.ok(Array.isArray(tags));

    const asked = server.sandbox.journal().length;
    for (const key of ['', 'loo', 'look!']) assert.equal((await lookUp('id:1', key))[0], 401);
    assert.equal(server.sandbox.journal().length, asked);
  });

  test('it tells what is wrong with a look-up', async () => {
    assert.deepEqual(await lookUp('id:99'), [404, 'getContact: 404 there is no such contact']);
    const [status, text] = await lookUp('99');
    assert.equal(status, 400);
    assert.match(text, /^getContact: identifier must be/);
    server.sandbox.faults.add({ count: 1, kind: { type: 'status', status: 429, retryAfter: 90 } });
    assert.equal((await lookUp('id:1'))[0], 503);
  });

  test('it answers a message once, however often the webhook tells of it', async () => {
    const event = { event_type: 'message.received', event_id: 'e1', contact: { id: 1 }, message: { messageId: 5 } };
    assert.deepEqual(await deliver(event), [200, 'ok']);
    assert.deepEqual(await deliver(event), [200, 'it was here before']);
    assert.equal(replies(1), 1);
    assert.deepEqual(await deliver({ ...event, event_type: 'message.sent', event_id: 'e2' }), [200, 'ok']);
    assert.deepEqual(await deliver({ event_type: 'message.received', event_id: 'e3' }), [200, 'ok']);
    assert.equal(replies(1), 1);
  });

  test('a reply that was refused is sent with the next delivery, one that may have been sent is not', async () => {
    const event = { event_type: 'message.received', event_id: 'e4', contact: { id: 2 } };
    server.sandbox.faults.add({ operation: 'sendMessage', count: 1, kind: { type: 'status', status: 400 } });
    assert.equal((await deliver(event))[0], 502);
    assert.equal(replies(2), 0);
    assert.deepEqual(await deliver(event), [200, 'ok']);
    assert.equal(replies(2), 1);

    const lost = { ...event, event_id: 'e5', contact: { id: 3 } };
    server.sandbox.faults.add({ operation: 'sendMessage', count: 1, kind: { type: 'reset_after' } });
    assert.equal((await deliver(lost))[0], 502);
    assert.deepEqual(await deliver(lost), [200, 'it was here before']);
    assert.equal(replies(3), 1);
  });

  test('it refuses what the webhook has not signed, and what is too long', async () => {
    const sent = server.sandbox.journal().length;
    const event = { event_type: 'message.received', event_id: 'e6', contact: { id: 1 } };
    assert.equal((await deliver(event, 'guessed'))[0], 401);
    const unsigned = await worker.dispatchFetch('http://worker/webhook', { method: 'POST' });
    assert.deepEqual([unsigned.status, await unsigned.text()], [401, 'the header X-Webhook-Signature is missing']);
    assert.deepEqual(await deliver({ ...event, text: 'x'.repeat(1 << 20) }), [413, 'the body is too long']);
    assert.equal(server.sandbox.journal().length, sent);
  });
});
