// What every example of a bot must do, judged by what its replies left in a sandbox.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { RespondIO } from 'respond-io-wasm';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { KEY, sign } from '../edge/deliveries.mjs';

/** The token of the workspace; unlike any other text. */
export const TOKEN = 'rio-example.token_0123456789';

let events = 0;

/** The event of a message from a contact; each call makes another one. */
export function received(id, type = 'message.received') {
  return {
    event_type: type,
    event_id: `event-${++events}`,
    contact: { id, firstName: 'Aida' },
    message: { messageId: events, contactId: id, message: { type: 'text', text: 'Is my order there?' } },
  };
}

/** Delivers an event and gives the status of the answer. */
export async function deliver(url, event, signature = sign(JSON.stringify(event)), fetch = globalThis.fetch) {
  const headers = { 'content-type': 'application/json', ...(signature && { 'x-webhook-signature': signature }) };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(event) });
  await response.text();
  return response.status;
}

/** Serves a workspace of contacts who have all written, with the environment variables by which an example finds it. */
export async function serveWorkspace(count) {
  const server = await serveSandbox({ port: 0, tokens: [TOKEN], rateLimit: false, seed: { count } });
  for (let id = 1; id <= count; id++) server.sandbox.receive(`id:${id}`, { type: 'text', text: 'Hello' }, 1);
  const env = { RESPOND_IO_TOKEN: TOKEN, RESPOND_IO_BASE_URL: `${server.url}/v2`, RESPOND_IO_SIGNING_KEY: KEY };
  return { ...server, env };
}

/**
 * Tests a bot.
 *
 * @param {string} name - Its name.
 * @param {(env: Record<string, string>) => Promise<{ url: string, stop(): unknown }>} start - Starts it with these
 * environment variables; it takes webhooks at `url`.
 */
export function testBot(name, start) {
  describe(name, () => {
    let server;
    let bot;

    before(async () => {
      server = await serveWorkspace(9);
      bot = await start(server.env);
    });

    after(async () => {
      await bot?.stop();
      await server?.close();
    });

    const take = (event, signature) => deliver(bot.url, event, signature);

    /** What reached a contact, once there is as much as expected and nothing more comes. */
    async function arrived(id, least) {
      for (let tries = 0; of(id).length < least && tries < 100; tries++) await sleep(100);
      for (let seen = -1; seen !== of(id).length; await sleep(400)) seen = of(id).length;
      return of(id).map(({ operation, status }) => `${operation} ${status}`);
    }
    const of = (id) => server.sandbox.journal().filter(({ url }) => decodeURIComponent(url).includes(`/id:${id}/`));
    const client = () => new RespondIO({ apiToken: TOKEN, fetch: server.sandbox.fetch });

    test('a message is answered once, and its contact tagged', async () => {
      assert.equal(await take(received(1)), 200);
      assert.deepEqual(await arrived(1, 2), ['addContactTags 200', 'sendMessage 200']);
      const { tags } = await client().contacts.get('id:1');
      assert.ok(tags.includes('wrote-in'), tags.join());
      assert.deepEqual(JSON.parse(of(1)[1].requestBody).message, {
        type: 'text',
        text: 'Thank you, we have got your message.',
      });
    });

    test('of twenty equal deliveries at once, and one more later, one is answered', async () => {
      const event = received(2);
      const statuses = await Promise.all(Array.from({ length: 20 }, () => take(event)));
      assert.deepEqual(new Set(statuses), new Set([200]));
      await arrived(2, 2);
      assert.equal(await take(event), 200);
      assert.deepEqual(await arrived(2, 2), ['addContactTags 200', 'sendMessage 200']);
    });

    test('two messages of one contact are two', async () => {
      assert.equal(await take(received(3)), 200);
      assert.equal(await take(received(3)), 200);
      assert.deepEqual((await arrived(3, 4)).filter((call) => call === 'sendMessage 200').length, 2);
    });

    test('what is unsigned, signed with another key or changed is refused with 401', async () => {
      const event = received(4);
      const text = JSON.stringify(event);
      assert.equal(await take(event, null), 401);
      assert.equal(await take(event, sign(text, 'another key')), 401);
      assert.equal(await take({ ...event, contact: { id: 4, firstName: 'Omar' } }, sign(text)), 401);
      assert.deepEqual(await arrived(4, 0), []);
      assert.equal(await take(event), 200, 'a refused delivery must not use up the event');
      assert.equal((await arrived(4, 2)).length, 2);
    });

    test('an echo, another event and a test delivery are answered with 200 and nothing else', async () => {
      assert.equal(await take(received(5, 'message.sent')), 200);
      assert.equal(await take(received(5, 'contact.exploded')), 200);
      assert.equal(await take({ hello: 'world', contact: { id: 5 } }), 200);
      assert.equal(await take({ ...received(5), contact: null }), 200);
      assert.deepEqual(await arrived(5, 0), []);
    });

    test('with the sandbox as the sender, a message that comes twice has one reply, whose echo has none', async () => {
      const { webhooks } = server.sandbox;
      const { id } = webhooks.add({ url: bot.url, key: KEY });
      webhooks.disturb({ count: 1, kind: { type: 'duplicate' } });
      server.sandbox.receive('id:8', { type: 'text', text: 'Is my order there?' }, 1);
      await arrived(8, 2);
      await webhooks.settled();
      assert.deepEqual(await arrived(8, 2), ['addContactTags 200', 'sendMessage 200']);
      assert.deepEqual(
        webhooks
          .deliveries()
          .map(({ eventType, status }) => `${eventType} ${status}`)
          .sort(),
        ['contact.tag.updated 200', 'message.received 200', 'message.received 200', 'message.sent 200'],
      );
      webhooks.remove(id);
    });

    test('with the sandbox as the sender, what is changed on the way is refused', async () => {
      const { webhooks } = server.sandbox;
      const { id } = webhooks.add({ url: bot.url, key: KEY });
      webhooks.disturb({ count: 1, kind: { type: 'tamper' } });
      server.sandbox.receive('id:9', { type: 'text', text: 'Is my order there?' }, 1);
      await webhooks.settled();
      assert.deepEqual(await arrived(9, 0), []);
      assert.equal(webhooks.deliveries().at(-1).status, 401);
      webhooks.remove(id);
    });

    test('a reply that may have gone is not sent again, however often the event comes', async () => {
      server.sandbox.faults.add({ operation: 'sendMessage', count: 1, kind: { type: 'reset_after' } });
      const event = received(6);
      await take(event);
      await arrived(6, 2);
      assert.equal(await take(event), 200);
      await arrived(6, 2);
      assert.equal(of(6).filter(({ operation, acted }) => operation === 'sendMessage' && acted).length, 1);
      assert.equal(of(6).filter(({ operation }) => operation === 'sendMessage').length, 1);
    });

    test('a reply that was refused goes out where the event comes again', async () => {
      server.sandbox.faults.add({ operation: 'sendMessage', count: 1, kind: { type: 'status', status: 403 } });
      const event = received(7);
      await take(event);
      const once = ['addContactTags 200', 'sendMessage 403'];
      assert.deepEqual(await arrived(7, 2), once);
      assert.equal(await take(event), 200);
      assert.deepEqual(await arrived(7, 4), [...once, 'addContactTags 200', 'sendMessage 200']);
    });
  });
}
