import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DecodeError } from 'respond-io-wasm';
import { json, scripted } from './scripted.mjs';

const page = (ids, cursorId, hasMore = cursorId !== null) =>
  json({ items: ids.map((id) => ({ id })), pagination: { cursorId, hasMore } });
const queries = (requests) => requests.map(({ url }) => new URL(url).search);

async function collect(list) {
  const ids = [];
  for await (const contact of list) ids.push(contact.id);
  return ids;
}

test('awaited, a list is one page', async () => {
  const { client, requests } = scripted([page([1, 2], 2), page([3], null)]);
  const first = await client.contacts.list({ limit: 2 });
  assert.deepEqual(
    first.items.map(({ id }) => id),
    [1, 2],
  );
  assert.deepEqual(first.pagination, { cursorId: 2, hasMore: true });
  assert.equal(first.hasNextPage(), true);
  const second = await first.nextPage();
  assert.deepEqual(
    second.items.map(({ id }) => id),
    [3],
  );
  assert.equal(second.hasNextPage(), false);
  assert.deepEqual(queries(requests), ['?limit=2', '?limit=2&cursorId=2']);
});

test('iterated, it is every contact of every page, 100 a page', async () => {
  const { client, requests } = scripted([page([1, 2], 2), page([], 3), page([4], null)]);
  assert.deepEqual(await collect(client.contacts.list()), [1, 2, 4]);
  assert.deepEqual(queries(requests), ['?limit=100', '?cursorId=2&limit=100', '?cursorId=3&limit=100']);
});

test('an iteration takes the limit and the start that it is given', async () => {
  const { client, requests } = scripted([page([8], null)]);
  assert.deepEqual(await collect(client.contacts.list({ limit: 5, cursorId: 7 })), [8]);
  assert.deepEqual(queries(requests), ['?limit=5&cursorId=7']);
});

test('nothing is sent before a list is awaited or iterated', async () => {
  const { client, requests } = scripted([page([1], null)]);
  const list = client.contacts.list();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(requests.length, 0);
  await list;
  await list;
  assert.equal(requests.length, 1);
});

test('one page is fetched ahead, and no more', async () => {
  const { client, requests } = scripted([page([1], 1), page([2], 2), page([3], 3), page([4], null)]);
  const iterator = client.contacts.list()[Symbol.asyncIterator]();
  await iterator.next();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(requests.length, 2);
  await iterator.next();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(requests.length, 3);
  await iterator.return();
});

test('leaving an iteration aborts the page ahead', async () => {
  let signal;
  const hanging = (request) => {
    signal = request.signal;
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  };
  const { client } = scripted([page([1, 2], 2), hanging]);
  for await (const contact of client.contacts.list()) {
    assert.equal(contact.id, 1);
    // The page ahead is under way by then.
    await new Promise((resolve) => setTimeout(resolve, 10));
    break;
  }
  assert.equal(signal.aborted, true);
});

test('an error of the page ahead is thrown when that page is due', async () => {
  const { client } = scripted([page([1, 2], 2), json({ message: 'no' }, { status: 403 })]);
  const ids = [];
  await assert.rejects(
    async () => {
      for await (const { id } of client.contacts.list()) {
        ids.push(id);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    { name: 'PermissionError' },
  );
  assert.deepEqual(ids, [1, 2]);
});

test('the caller may abort an iteration', async () => {
  const { client } = scripted([page([1], 1), page([2], 2), page([3], 3)]);
  const controller = new AbortController();
  const ids = [];
  await assert.rejects(
    async () => {
      for await (const { id } of client.contacts.list({}, { signal: controller.signal })) {
        ids.push(id);
        if (id === 2) controller.abort();
      }
    },
    { name: 'AbortError' },
  );
  assert.deepEqual(ids, [1, 2]);
});

for (const [name, cursors, seen] of [
  ['at once', [5, 5], 2],
  ['after a while', [1, 2, 3, 4, 4], 5],
  ['after a circle of three', [1, 2, 3, 1, 2, 3, 1, 2, 3], 6],
  ['after a start and a circle of two', [9, 8, 7, 6, 7, 6, 7, 6, 7, 6], 5],
]) {
  test(`a cursor that comes again ${name} ends the iteration with an error`, async () => {
    const { client, requests } = scripted(cursors.map((cursor, index) => page([index], cursor)));
    const ids = [];
    const iterate = async () => {
      for await (const { id } of client.contacts.list()) ids.push(id);
    };
    await assert.rejects(
      iterate,
      (error) => error instanceof DecodeError && /cursorId \d came again/.test(error.message),
    );
    assert.equal(requests.length, seen);
    assert.deepEqual(ids, [...ids.keys()]);
    assert.equal(ids.length, seen);
  });
}

test('a cursor that is no number is an error of the answer', async () => {
  const { client } = scripted([page([1], 'next')]);
  const first = await scripted([page([1], 'next')], { responseValidation: 'off' }).client.contacts.list();
  await assert.rejects(first.nextPage(), { name: 'DecodeError', path: 'pagination.cursorId', rule: 'kind' });
  await assert.rejects(collect(client.contacts.list()), { name: 'DecodeError' });
});

test('an error of a page says how many requests were sent', async () => {
  const limited = new Response('', { status: 429, headers: { 'retry-after': '0' } });
  const { client } = scripted([limited, page([1], null, true)]);
  const { data, attempts } = await client.contacts.list().withResponse();
  assert.equal(attempts, 2);
  await assert.rejects(data.nextPage(), { name: 'DecodeError', attempts: 2 });
});

test('the options of a list are taken as they are at the moment of the call', async () => {
  const { client, requests } = scripted([page([1], null)]);
  const headers = { 'x-a': '1' };
  const query = { limit: 5 };
  const list = client.contacts.list(query, { headers });
  headers['x-a'] = '2';
  query.limit = 6;
  await list;
  assert.equal(requests[0].headers['x-a'], '1');
  assert.deepEqual(queries(requests), ['?limit=5']);
});

test('a cursor that is the one asked for ends the iteration with an error', async () => {
  const { client } = scripted([page([1], 5), page([2], 5)]);
  await assert.rejects(collect(client.contacts.list({ cursorId: 5 })), /came again/);
});

test('more pages without a cursor end the iteration with an error', async () => {
  const { client } = scripted([page([1], null, true), page([1], null, true)]);
  await assert.rejects(collect(client.contacts.list()), /cursorId is missing though there are more pages/);
  const first = await client.contacts.list();
  await assert.rejects(Promise.resolve(first.nextPage()), /cursorId is missing/);
});

test('a page without hasMore ends where it has no cursor', async () => {
  const { client } = scripted([json({ items: [{ id: 1 }], pagination: { cursorId: 3 } }), json({})]);
  assert.deepEqual(await collect(client.contacts.list()), [1]);
});

test('a list without its items is an error, whatever the validation', async () => {
  const { client } = scripted([json({ items: {}, pagination: { cursorId: 3 } }), json('null')], {
    responseValidation: 'off',
  });
  await assert.rejects(collect(client.contacts.list()), { name: 'DecodeError', path: 'items', rule: 'kind' });
  await assert.rejects(Promise.resolve(client.contacts.list()), { name: 'DecodeError' });
});
