// The entry `/live` against the sandbox, in-process and over HTTP. What the sandbox does is tested in Rust, sandbox/tests.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as contract from 'respond-io-wasm';
import { all, RespondIO, where } from 'respond-io-wasm/live';
import { createSandbox } from 'respond-io-wasm/sandbox';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { CALLS } from './live-operations.mjs';

const NOW = Date.UTC(2026, 0, 1);
const EVERYBODY = { timezone: 'UTC', filter: {} };
const TEXT = { channelId: 1, message: { type: 'text', text: 'Hello!' } };

/** A sandbox with the live surface below `/v2` and no limit, and a client of it. */
async function live(options = {}, clientOptions = {}) {
  const sandbox = await createSandbox({ surface: 'live', rateLimit: false, freezeAt: NOW, ...options });
  const strict = { rateLimit: false, responseValidation: 'throw', maxRetries: 0 };
  const client = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch, ...strict, ...clientOptions });
  return { sandbox, client };
}

const refusal = (call) => call.then(() => assert.fail('it was not refused')).catch((error) => error);

/** Calls every method, and reads every list to its end, page by page. */
async function everything({ contacts, messaging, comments, conversations, space }) {
  const count = async (list) => {
    const items = [];
    for await (const item of list) items.push(item);
    return items.length;
  };
  await space.createCustomField({ name: 'Plan', dataType: 'list', allowedValues: ['gold', 'free'] });
  const field = (await space.listCustomFields()).items.at(-1);
  assert.equal((await space.getCustomField(field.id)).name, 'Plan');
  await contacts.create('email:aida@example.com', {
    firstName: 'Aida',
    custom_fields: [{ name: 'Plan', value: 'gold' }],
  });
  const { id } = await contacts.get('email:aida@example.com');
  const who = `id:${id}`;
  assert.deepEqual(await contacts.update(who, { lastName: 'Rahman' }), { contactId: id });
  const { contactId: other } = await contacts.createOrUpdate('phone:+60123', { firstName: 'A' });
  assert.deepEqual(await contacts.merge({ contactIds: [id, other], phone: '+60123' }), { contactId: id });
  await contacts.addTags(who, ['a', 'b']);
  await contacts.deleteTags(who, ['b']);
  await contacts.updateLifecycle(who, { name: 'Customer' });
  const found = await contacts.list({
    timezone: 'UTC',
    filter: all(
      where.field('Plan', 'hasAnyOf', ['gold']),
      where.tags('hasAllOf', ['a']),
      where.lifecycle('isEqualTo', 'Customer'),
      where.field('created_at', 'isTimestampAfter', '2020-01-01'),
    ),
  });
  assert.deepEqual(
    found.items.map((contact) => contact.id),
    [id],
  );
  for (const channelId of [1, 2, 3]) {
    const { messageId } = await messaging.send(who, { ...TEXT, channelId });
    assert.equal((await messaging.get(who, messageId)).channelId, channelId);
  }
  await comments.create(who, { text: '{{@user.5}}, look' });
  await conversations.assign(who, { assignee: 'mei@example.com' });
  await conversations.updateStatus(who, { status: 'open' });
  await conversations.updateStatus(who, { status: 'close', category: 'Sale', summary: 'Paid' });
  await space.createTag({ name: 'c', emoji: '⭐' });
  await space.updateTag({ currentName: 'c', name: 'd' });
  await space.deleteTag({ name: 'd' });
  assert.equal((await space.getUser(5)).email, 'mei@example.com');
  const counts = [
    await count(contacts.list(EVERYBODY, { limit: 4 })),
    await count(contacts.listChannels(who, { limit: 1 })),
    await count(messaging.list(who, { limit: 1 })),
    await count(space.listUsers({ limit: 2 })),
    await count(space.listCustomFields({ limit: 4 })),
    await count(space.listClosingNotes({ limit: 3 })),
    await count(space.listChannels({ limit: 2 })),
    await count(space.listTemplates(1, { limit: 1 })),
  ];
  assert.deepEqual(counts, [11, 3, 3, 5, 6, 4, 4, 3]);
  assert.deepEqual(await contacts.delete(who), { contactId: id });
}

/** The operations that the journal says were carried out. */
const acted = (sandbox) =>
  new Set(
    sandbox
      .journal()
      .filter((entry) => entry.acted)
      .map((entry) => entry.operation),
  );

describe('in-process', () => {
  test('every method, and every page of every list', async () => {
    const { sandbox, client } = await live({ seed: { count: 10 } });
    await everything(client);
    assert.deepEqual([...acted(sandbox)].sort(), CALLS.map(({ id }) => id).sort());
  });

  test('each surface is below a base path of its own, of any origin, and sees what the other does', async () => {
    const { fetch } = await createSandbox({ rateLimit: false });
    const ours = new contract.RespondIO({ apiToken: 'sandbox', fetch, baseUrl: 'https://a.example/contract/v2' });
    const theirs = new RespondIO({ apiToken: 'sandbox', fetch, baseUrl: 'https://b.example/live/v2' });
    const { id } = await ours.contacts.create({ firstName: 'Aida', email: 'aida@example.com' });
    await theirs.contacts.updateLifecycle(`id:${id}`, { name: 'Customer' });
    assert.equal((await ours.contacts.get('email:aida@example.com')).status, 'Customer');
    const { pagination } = await theirs.space.listUsers({ limit: 1, cursorId: 2 });
    const users = 'https://b.example/live/v2/space/user?limit=1';
    assert.deepEqual([pagination.previous, pagination.next], [`${users}&cursorId=1`, `${users}&cursorId=3`]);
    const plain = new contract.RespondIO({ apiToken: 'sandbox', fetch });
    assert.equal((await plain.contacts.list()).items.length, 1, 'below /v2 is the contract');
  });

  test('a refusal is what the client takes it for', async () => {
    const { sandbox, client } = await live({ rateLimit: { limit: 20, windowMs: 1000 } });
    await client.contacts.create('email:aida@example.com', { firstName: 'Aida' });
    const stranger = new RespondIO({ apiToken: 'other', fetch: sandbox.fetch, rateLimit: false });
    for (const [call, status, reason] of [
      [client.contacts.get('id:9'), 404, 'contact_unknown'],
      [client.contacts.create('email:aida@example.com', { firstName: 'A' }), 409, 'contact_exists'],
      [client.messaging.send('id:1', { ...TEXT, channelId: 9 }), 404, 'channel_unknown'],
      [client.space.deleteTag({ name: 'none' }), 404, undefined],
      [client.contacts.addTags('id:1', Array(11).fill('a')), 400, undefined],
      [stranger.contacts.get('id:1'), 401, undefined],
    ]) {
      const error = await refusal(call);
      assert.deepEqual([error.statusCode, error.code, error.reason], [status, status, reason], error.message);
      assert.deepEqual(Object.keys(error.body), ['code', 'message']);
    }
    for (let left = 20; left > 0; left--) await client.space.getUser(1).catch(() => {});
    const limited = await refusal(client.space.getUser(1));
    assert.deepEqual(
      [limited.isRateLimitError(), limited.code, limited.rateLimitInfo],
      [true, 429, { limit: 20, remaining: 0, retryAfter: 1 }],
    );
  });

  test('a window that is closed is one, and a template goes through it', async () => {
    const { sandbox, client } = await live({ seed: { count: 1 }, messagingWindow: true });
    sandbox.receive('id:1', { type: 'text', text: 'Is my order there?' }, 1);
    await client.messaging.send('id:1', TEXT);
    sandbox.clock.advance(24 * 60 * 60 * 1000 + 1);
    const error = await refusal(client.messaging.send('id:1', TEXT));
    assert.deepEqual([error.statusCode, error.reason, error.outcome], [400, 'window_closed', 'rejected']);
    await client.messaging.send('id:1', { ...TEXT, channelId: 2 });
    const template = { name: 'welcome', languageCode: 'en' };
    await client.messaging.send('id:1', { channelId: 1, message: { type: 'whatsapp_template', template } });
    sandbox.receive('id:1', { type: 'text', text: 'Yes?' }, 1);
    await client.messaging.send('id:1', TEXT);
  });

  test('a contact that was only just created is waited for', async () => {
    const options = { freezeAt: undefined, live: { contactNewMs: 1500 } };
    const { sandbox, client } = await live(options, { maxRetries: 1 });
    await client.contacts.create('email:aida@example.com', { firstName: 'Aida' });
    await client.messaging.send('email:aida@example.com', TEXT);
    assert.deepEqual(
      sandbox.journal().map(({ operation, status }) => [operation, status]),
      [
        ['createContact', 200],
        ['sendMessage', 449],
        ['sendMessage', 200],
      ],
    );
    const impatient = await live({ live: { contactNewMs: 1 } });
    await impatient.client.contacts.create('email:aida@example.com', { firstName: 'Aida' });
    const error = await refusal(impatient.client.contacts.get('id:1'));
    assert.deepEqual([error.statusCode, error.code, error.reason], [449, 449, 'contact_new']);
    impatient.sandbox.clock.advance(1);
    await impatient.client.contacts.get('id:1');
  });

  test('a contact that was only just created may be told of by the code alone', async () => {
    const { sandbox, client } = await live({ live: { contactNewMs: 1, contactNewStatus: 404 } });
    await client.contacts.create('email:aida@example.com', { firstName: 'Aida' });
    const error = await refusal(client.contacts.get('id:1'));
    assert.deepEqual([error.statusCode, error.code, error.reason], [404, 449, 'contact_new']);
    sandbox.clock.advance(1);
    await client.contacts.get('id:1');
  });

  test('faults hit the operations of both, and the journal has them', async () => {
    const { sandbox, client } = await live({ seed: { count: 1 } }, { maxRetries: 2 });
    const kind = { type: 'status', status: 449, retryAfter: 0 };
    sandbox.faults.add({ operation: 'updateLifecycle', count: 1, kind });
    sandbox.faults.add({ operation: 'sendMessage', count: 1, kind: { type: 'reset_after' } });
    await client.contacts.updateLifecycle('id:1', { name: null });
    const error = await refusal(client.messaging.send('id:1', TEXT));
    assert.deepEqual([error.name, error.attempts], ['ConnectionError', 1]);
    assert.deepEqual(
      sandbox.journal().map(({ url, acted, fault }) => [url, acted, fault]),
      [
        ['/v2/contact/id:1/lifecycle/update', false, 'status'],
        ['/v2/contact/id:1/lifecycle/update', true, null],
        ['/v2/contact/id:1/message', true, 'reset_after'],
      ],
    );
  });

  test('webhooks are told what the live surface does', async () => {
    const { sandbox, client } = await live({ seed: { count: 1 } });
    const told = [];
    const deliver = async (request) => {
      told.push(await request.json());
      return new Response();
    };
    await client.conversations.updateStatus('id:1', { status: 'open' });
    sandbox.webhooks.add({ deliver });
    await client.contacts.updateLifecycle('id:1', { name: 'Won' });
    await client.conversations.updateStatus('id:1', { status: 'close', category: 'Sale', summary: 'Paid' });
    await client.conversations.assign('id:1', { assignee: 5 });
    await sandbox.webhooks.settled();
    assert.deepEqual(
      told.map((event) => event.event_type),
      ['contact.lifecycle.updated', 'conversation.closed', 'contact.assignee.updated'],
    );
    assert.deepEqual(
      [told[0].lifecycle, told[1].conversation.category, told[1].conversation.summary],
      ['Won', 'Sale', 'Paid'],
    );
    assert.equal(told[2].contact.assignee.firstName, 'Mei');
  });

  test('a snapshot has what the live surface has, and one of the version before is read', async () => {
    const { sandbox, client } = await live({ seed: { count: 2 } });
    await client.space.createTag({ name: 'blue', emoji: '🔵' });
    const snapshot = JSON.parse(JSON.stringify(sandbox.snapshot()));
    snapshot.users = snapshot.users.slice(0, 2);
    sandbox.restore(snapshot);
    assert.equal((await client.space.listUsers()).items.length, 2);
    assert.equal((await client.space.updateTag({ currentName: 'blue' })).emoji, '🔵');
    const { users, closingNotes, templates, ...before } = snapshot;
    sandbox.restore({ ...before, version: 1 });
    assert.equal((await client.space.listUsers()).items.length, 5);
    assert.equal((await client.space.listTemplates(1)).items.length, templates.length);
    assert.equal((await client.space.listClosingNotes()).items.length, closingNotes.length);
    for (const wrong of [
      { users: [users[0], users[0]] },
      { templates: [{ ...templates[0], channel: 99 }] },
      { closingNotes: [closingNotes[0], closingNotes[0]] },
      { version: 3 },
    ]) {
      assert.throws(() => sandbox.restore({ ...snapshot, ...wrong }), /^SandboxError: snapshot/, JSON.stringify(wrong));
    }
  });
});

describe('over HTTP', () => {
  let server;
  before(async () => {
    server = await serveSandbox({ port: 0, rateLimit: false, seed: { count: 10 } });
  });
  after(() => server.close());

  test('every method, and every page of every list', async () => {
    const strict = { rateLimit: false, responseValidation: 'throw', maxRetries: 0 };
    const client = new RespondIO({ apiToken: 'sandbox', baseUrl: `${server.url}/live/v2`, ...strict });
    await everything(client);
    assert.deepEqual([...acted(server.sandbox)].sort(), CALLS.map(({ id }) => id).sort());
    const { pagination } = await client.space.listUsers({ limit: 1 });
    assert.equal(pagination.next, `${server.url}/live/v2/space/user?limit=1&cursorId=2`);
  });
});
