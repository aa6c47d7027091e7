// Attacks by the service: one that echoes the token, and one that answers with whatever it likes.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { whole } from './attacked.mjs';
import { BASE, TOKEN } from './scene.mjs';
import { SURFACES } from './surfaces.mjs';

let cases = 0;
const BEARER = `Bearer ${TOKEN}`;
const ODD = 'tok"en\\with/odd&signs=1';

for (const surface of SURFACES) attackAll(surface);

/** Every attack through the proxy of a surface. */
function attackAll(surface) {
  /** The answer of a proxy to a page, where the service answers like this; and what was logged. */
  async function through(
    answer,
    { method = 'GET', path = '/contact/id:1', body, apiToken = TOKEN, maxRetries = 0 } = {},
  ) {
    const logged = [];
    const log = (text) => logged.push(text);
    const proxy = surface.createProxy({
      apiToken,
      allow: surface.calls.map(({ id }) => id),
      authorize: () => true,
      client: {
        fetch: async (_url, init) => answer(init),
        maxRetries,
        rateLimit: false,
        logger: { debug: log, info: log, warn: log, error: log },
        logLevel: 'debug',
      },
    });
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await proxy(new Request(BASE + path, { method, headers, body }));
    return { headers: response.headers, logged: logged.join('\n'), ...(await whole(response)) };
  }

  function echo(name, expected, answer, options) {
    cases += 1;
    test(`${surface.name}: the service echoes the token in ${name}`, async () => {
      const { status, bytes, logged } = await through(answer, options);
      const token = typeof options?.apiToken === 'string' ? options.apiToken : TOKEN;
      for (const form of [token, JSON.stringify(token).slice(1, -1), encodeURIComponent(token)]) {
        assert.ok(!bytes.includes(form), bytes);
        assert.ok(!logged.includes(form), logged);
      }
      assert.equal(status, expected, bytes);
    });
  }

  const json = (value, init) => () => new Response(JSON.stringify(value), init);

  echo('a field', 502, json({ id: 1, firstName: TOKEN }));
  echo('a field, as a bearer token', 502, json({ id: 1, firstName: BEARER }));
  echo('a field that is not known', 502, json({ id: 1, debug: { request: { headers: { authorization: BEARER } } } }));
  echo('the name of a field', 502, json({ id: 1, [TOKEN]: 1 }));
  echo('a text around it', 502, json({ id: 1, firstName: `<${TOKEN}>` }));
  echo(
    'escapes',
    502,
    () => new Response(`{"firstName":"${[...TOKEN].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('')}"}`),
  );
  echo('a list', 502, json([{ id: 1, name: TOKEN }]), { path: surface.channels });
  echo('a page', 502, json({ items: [{ id: 1, email: TOKEN }], pagination: {} }), { path: surface.list });
  echo('the answer to a delete', surface.hasAnswerToDelete ? 502 : 200, json({ token: TOKEN }), { method: 'DELETE' });
  for (const status of [400, 401, 403, 404, 409, 422, 429, 500, 503]) {
    // The client has it replaced, so that the page learns what the service said; 401 and 403 are the proxy's own fault.
    const expected = status === 401 || status === 403 ? 502 : status;
    echo(`the message of a ${status}`, expected, json({ message: `no ${TOKEN}`, status }, { status }), {
      maxRetries: 0,
    });
  }
  echo('other fields of an error', 400, json({ message: 'no', token: TOKEN }, { status: 400 }));
  echo('an error that is text', 400, () => new Response(TOKEN, { status: 400 }));
  echo('a status text', 200, json({ id: 1 }, { statusText: TOKEN }));
  for (const name of [
    'authorization',
    'set-cookie',
    'x-token',
    'content-type',
    'etag',
    'location',
    'link',
    'x-request-id',
    'retry-after',
    'x-ratelimit-limit',
    'x-ratelimit-remaining',
    'access-control-allow-origin',
    'www-authenticate',
  ]) {
    echo(`the header ${name}`, 200, json({ id: 1 }, { headers: { [name]: BEARER } }));
    echo(`the header ${name} of an error`, 400, json({ message: 'no' }, { status: 400, headers: { [name]: BEARER } }));
  }
  echo(
    'a redirect',
    502,
    () => new Response(null, { status: 302, headers: { location: `https://evil.example/?${TOKEN}` } }),
  );
  echo('a body that is no JSON', 502, () => new Response(`{"id":${TOKEN}`));
  echo('a body of another kind', 502, json(TOKEN));
  echo('what fetch throws', 502, () => {
    throw new TypeError(`fetch failed: ${BEARER}`, { cause: new Error(TOKEN) });
  });
  echo(
    'what its body throws',
    502,
    () => new Response(new ReadableStream({ start: (controller) => controller.error(new Error(TOKEN)) })),
  );
  echo('a field, with signs that JSON escapes', 502, json({ id: 1, firstName: ODD }), { apiToken: ODD });
  echo('a field, as URLs write it', 502, json({ id: 1, firstName: encodeURIComponent(ODD) }), { apiToken: ODD });
  echo('a number', 502, json({ id: 123456 }), { apiToken: '123456' });
  echo('a limit', 502, json({ id: 1 }, { headers: { 'x-ratelimit-limit': '123456' } }), { apiToken: '123456' });

  cases += 1;
  test(`${surface.name}: a token of another moment is kept as well`, async () => {
    const tokens = ['first.token-1111', 'second.token-2222'];
    let asked = 0;
    const answers = [new Response('', { status: 503 }), new Response('{"firstName":"first.token-1111"}')];
    const apiToken = () => tokens[asked++];
    const { status, bytes } = await through(() => answers.shift(), { apiToken, maxRetries: 1 });
    assert.equal(status, 502);
    assert.ok(!bytes.includes('first.token'));
  });

  for (const [name, answer, status] of [
    [
      'an invalid status',
      () => ({
        ok: false,
        status: 999,
        headers: new Headers(),
        body: null,
        arrayBuffer: async () => new ArrayBuffer(0),
      }),
      502,
    ],
    ['a network error', () => Response.error(), 502],
    ['nothing', () => undefined, 502],
    ['an empty body', () => new Response(''), 502],
    ['a 204 where a contact is due', () => new Response(null, { status: 204 }), 502],
    ['a page of HTML', () => new Response('<html>'), 502],
    ['a body in Latin-1', () => new Response(new Uint8Array([0x22, 0xe9, 0x22])), 502],
    ['a body that is nested deeply', () => new Response('['.repeat(100_000)), 502],
    ['a 407', () => new Response('', { status: 407 }), 502],
    ['a 408', () => new Response('', { status: 408 }), 504],
    ['a 304', () => new Response(null, { status: 304 }), 502],
  ]) {
    cases += 1;
    test(`${surface.name}: the service answers with ${name}`, async () => {
      const { status: given, headers } = await through(answer);
      assert.equal(given, status);
      assert.equal(headers.get('content-type'), 'application/json');
    });
  }

  cases += 1;
  test(`${surface.name}: no header of the service reaches the page but its limits`, async () => {
    const names = [
      'set-cookie',
      'location',
      'etag',
      'server',
      'content-encoding',
      'transfer-encoding',
      'connection',
      'access-control-allow-origin',
      'content-security-policy',
      'clear-site-data',
      'refresh',
      'x-ratelimit-evil',
    ];
    const headers = new Headers(names.map((name) => [name, 'evil']));
    for (const [name, value] of [
      ['x-ratelimit-limit', '5'],
      ['x-ratelimit-remaining', '4'],
      ['retry-after', '2'],
    ])
      headers.set(name, value);
    const answer = await through(json({ id: 1 }, { headers }));
    assert.deepEqual(Object.fromEntries(answer.headers), {
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'retry-after': '2',
      'x-content-type-options': 'nosniff',
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '4',
    });
  });
}

after(() => console.log(`attacks by the service: ${cases}`));
