// What the proxy of the live surface has beside the contract's.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProxy as createContractProxy } from 'respond-io-wasm/proxy';
import { createProxy } from 'respond-io-wasm/proxy/live';
import { optionsFor, pageOf, scene } from './scene.mjs';
import { LIVE } from './surfaces.mjs';

const TEXT = { message: { type: 'text', text: 'Hello!' } };
const NEW = { code: 449, message: 'Contact not found' };

/** A proxy in front of a service that gives these answers in turn, and how many requests came. */
function scripted(answers, client = {}) {
  const requests = [];
  const fetch = async (_url, { method }) => {
    requests.push(method);
    return Response.json(...answers[Math.min(requests.length, answers.length) - 1]);
  };
  const allow = LIVE.calls.map(({ id }) => id);
  const proxy = createProxy({ ...optionsFor({ fetch }, { client }), allow });
  return { page: pageOf(proxy, {}, LIVE), requests };
}

test('a contact that is new is one to the page, by the status, which is all that its client reads', async () => {
  const { page } = scripted([[NEW, { status: 404 }]]);
  const error = await page.messaging.send('id:1', TEXT).catch((error) => error);
  assert.deepEqual([error.statusCode, error.reason, error.outcome], [449, 'contact_new', 'rejected']);
  assert.deepEqual([error.body.code, error.body.status], ['service', 449]);
});

test('the proxy waits for it before the page does', async () => {
  const again = [NEW, { status: 404, headers: { 'retry-after': '0' } }];
  const { page, requests } = scripted([again, [{ messageId: 7 }]], { maxRetries: 1 });
  assert.deepEqual(await page.messaging.send('id:1', TEXT), { messageId: 7 });
  assert.equal(requests.length, 2);
});

test('it counts as the client of the entry does', async () => {
  const rateLimit = { limit: 1, windowMs: 60_000, maxWaitMs: 0 };
  const twice = async (rateLimit) => {
    const { page, requests } = scripted([[{ id: 1, firstName: 'A', created_at: 1 }]], { rateLimit });
    await page.contacts.get('id:1');
    await page.space.getUser(1).catch(() => {});
    return requests.length;
  };
  assert.equal(await twice(rateLimit), 2);
  assert.equal(await twice({ ...rateLimit, key: 'method' }), 1);
});

test('rules are by the arguments of the surface', async () => {
  const allow = { updateLifecycle: { lifecycle: { name: ['Customer', 'Hot Lead'] } }, listContacts: true };
  const { ask } = await scene({ allow }, LIVE);
  const lifecycle = (name) => ask('POST', '/contact/id:1/lifecycle/update', { body: { name } });
  assert.equal((await lifecycle('Customer')).status, 200);
  assert.equal((await lifecycle('Lost')).status, 403);
  assert.equal((await lifecycle(null)).status, 403);
  const filter = { search: '', timezone: 'UTC', filter: { $and: [] } };
  const { status, body } = await ask('POST', '/contact/list?limit=1', { body: filter });
  assert.deepEqual([status, body.items.length], [200, 1]);
  assert.equal((await ask('GET', '/contact/list')).status, 405);
});

test('each proxy knows the operations of its own surface alone', () => {
  const options = (allow) => ({ apiToken: 'token', allow, authorize: () => true });
  assert.throws(() => createProxy(options(['listContactTags'])), { path: 'allow[0]' });
  assert.throws(() => createProxy(options({ updateTag: { tagId: 5 } })), { path: 'allow.updateTag.tagId' });
  assert.throws(() => createContractProxy(options(['updateLifecycle'])), { path: 'allow[0]' });
  createProxy(options(['updateLifecycle']));
});
