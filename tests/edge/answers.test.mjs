import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotFoundError, RateLimitError, RespondIO, ServerError } from 'respond-io-wasm';
import { createProxy } from 'respond-io-wasm/proxy';
import { asking, BASE, ORIGIN, optionsFor, pageOf, sandboxed, scene, TOKEN } from './scene.mjs';

const TEXT = { message: { type: 'text', text: 'Hello!' } };
const send = (page) => page.messaging.send('id:1', TEXT);
const get = (page) => page.contacts.get('id:1');
const status = (status, more) => ({ type: 'status', status, ...more });

/** What the service does; what the page's client makes of it; the status, code and outcome that the page is told. */
const ERRORS = [
  [status(400, { message: 'bad' }), 'BadRequestError', 'rejected', 400, 'service', 'rejected'],
  [status(401), 'ServerError', 'unknown', 502, 'token', 'rejected'],
  [status(403), 'ServerError', 'unknown', 502, 'token', 'rejected'],
  [status(404), 'NotFoundError', 'rejected', 404, 'service', 'rejected'],
  [status(407), 'ServerError', 'unknown', 502, 'token', 'rejected'],
  [status(408), 'ServerError', 'unknown', 504, 'service', 'unknown'],
  [status(409), 'ConflictError', 'rejected', 409, 'service', 'rejected'],
  [status(422), 'StatusError', 'rejected', 422, 'service', 'rejected'],
  [status(429, { retryAfter: 7 }), 'RateLimitError', 'rejected', 429, 'rate_limit', 'rejected'],
  [status(302), 'ServerError', 'unknown', 502, 'service', 'rejected'],
  [status(500), 'ServerError', 'unknown', 500, 'service', 'unknown'],
  [status(503), 'ServerError', 'unknown', 503, 'service', 'unknown'],
  [{ type: 'reset_before' }, 'ServerError', 'unknown', 502, 'connection', 'unknown'],
  [{ type: 'reset_after' }, 'ServerError', 'unknown', 502, 'connection', 'unknown'],
  [{ type: 'truncate' }, 'ServerError', 'unknown', 502, 'unusable', 'applied'],
  [{ type: 'garble' }, 'ServerError', 'unknown', 502, 'unusable', 'applied'],
  [{ type: 'stall' }, 'ServerError', 'unknown', 504, 'timeout', 'applied'],
];

for (const [kind, name, outcome, code, said, told] of ERRORS) {
  for (const [operation, call] of [
    ['sendMessage', send],
    ['getContact', get],
  ]) {
    test(`${operation}, ${JSON.stringify(kind)}: ${name}`, async () => {
      const { sandbox, proxy } = await scene({ client: { stallTimeout: 50, timeout: 500 } });
      sandbox.faults.add({ count: 1, kind });
      const page = pageOf(proxy);
      const error = await call(page).catch((error) => error);
      assert.deepEqual([error.name, error.outcome, error.statusCode], [name, outcome, code]);
      assert.deepEqual([error.body.code, error.body.status, error.body.outcome], [said, code, told]);
      assert.equal(error.serverMessage, error.body.message);
      if (name === 'RateLimitError') assert.equal(error.retryAfter, 7);
      assert.equal(sandbox.journal().length, 1);
    });
  }
  test(`sendMessage, ${JSON.stringify(kind)}: the page sends once, unless nothing was done`, async () => {
    const { sandbox, proxy } = await scene({ client: { stallTimeout: 50, timeout: 500 } });
    sandbox.faults.add({ count: 1, kind: { ...kind, ...(kind.retryAfter && { retryAfter: 0 }) } });
    await send(pageOf(proxy, { maxRetries: 3 })).catch(() => {});
    assert.equal(sandbox.journal().length, kind.status === 429 ? 2 : 1);
    assert.ok(sandbox.journal().filter(({ acted }) => acted).length <= 1);
  });
}

test('what is refused after a try of which nobody knows is no refusal to the page', async () => {
  for (const [second, expected] of [
    [404, 502],
    [400, 502],
    [429, 503],
    [503, 503],
  ]) {
    const { sandbox, proxy, ask } = await scene({ client: { maxRetries: 1, maxRetryDelayMs: 1 } });
    sandbox.faults.add({ count: 1, kind: { type: 'reset_after' } });
    sandbox.faults.add({ count: 1, kind: status(second) });
    const answer = await ask('PUT', '/contact/id:1', { body: { firstName: 'Aida' } });
    assert.deepEqual([answer.status, answer.body.outcome], [expected, 'unknown'], String(second));
    assert.equal(sandbox.journal().length, 2);
    assert.ok(proxy);
  }
});

test('a delete that finds nothing after a try that deleted has done its work', async () => {
  const { sandbox, ask } = await scene({ client: { maxRetries: 1, maxRetryDelayMs: 1 } });
  sandbox.faults.add({ count: 1, kind: { type: 'reset_after' } });
  const { status, text } = await ask('DELETE', '/contact/id:1');
  assert.deepEqual([status, text, sandbox.journal().length], [204, '', 2]);
});

test('arguments that are wrong are told by their path, and nothing is sent', async () => {
  const { ask, sandbox } = await scene();
  const long = await ask('POST', '/contact/id:1/message', { body: { message: { type: 'text', text: 1 } } });
  assert.equal(long.status, 400);
  assert.deepEqual(
    [long.body.code, long.body.path, long.body.outcome],
    ['invalid', 'message.message.text', 'not_sent'],
  );
  const number = await ask('GET', '/contact/id:1/message/x');
  assert.deepEqual([number.status, number.body.path], [400, 'messageId']);
  const query = await ask('GET', '/contact/list?limit=5&limit=6');
  assert.deepEqual([query.status, query.body.path], [400, 'query.limit']);
  assert.equal(sandbox.journal().length, 0);
});

test('each answer says what it is and nothing more', async () => {
  const { ask } = await scene();
  const fixed = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  const typed = { ...fixed, 'content-type': 'application/json' };
  for (const [method, path, status, headers] of [
    ['GET', '/contact/id:1', 200, typed],
    ['DELETE', '/contact/id:1', 200, fixed],
    ['GET', '/nowhere', 404, typed],
    ['PATCH', '/contact/id:1', 405, { ...typed, allow: 'GET, PUT, DELETE' }],
    ['PATCH', '/contact/list', 405, { ...typed, allow: 'GET' }],
  ]) {
    const answer = await ask(method, path);
    assert.equal(answer.status, status, path);
    assert.deepEqual(Object.fromEntries(answer.headers), headers);
  }
});

test('a page learns of the limit', async () => {
  const sandbox = await sandboxed({ rateLimit: { limit: 5, windowMs: 1000 } });
  const { headers } = await asking(createProxy(optionsFor(sandbox)))('GET', '/contact/id:1');
  assert.equal(headers.get('x-ratelimit-limit'), '5');
  assert.equal(headers.get('x-ratelimit-remaining'), '4');
});

test('pages share a limit', async () => {
  const client = { rateLimit: { limit: 2, windowMs: 60_000, maxWaitMs: 0 } };
  const { proxy, sandbox } = await scene({ client });
  for (let i = 0; i < 2; i++) await get(pageOf(proxy));
  const error = await get(pageOf(proxy)).catch((error) => error);
  assert.ok(error instanceof RateLimitError, String(error));
  assert.ok(error.retryAfter > 50 && error.retryAfter <= 60, String(error.retryAfter));
  assert.deepEqual([error.body.code, error.body.outcome], ['rate_limit', 'not_sent']);
  assert.equal(sandbox.journal().length, 2);
});

test('a page that hangs up ends the call', async () => {
  const { sandbox, proxy } = await scene();
  sandbox.faults.add({ kind: { type: 'delay', ms: 60_000 } });
  const controller = new AbortController();
  const answer = proxy(new Request(`${BASE}/contact/id:1`, { signal: controller.signal }));
  setTimeout(() => controller.abort(), 20);
  const { status } = await answer;
  assert.equal(status, 504, 'the service may have acted');
  const before = await proxy(new Request(`${BASE}/contact/id:1`, { signal: AbortSignal.abort() }));
  assert.equal(before.status, 499);
  assert.equal(sandbox.journal().length, 1);
});

test('a token that cannot be had is logged, and the page learns nothing', async () => {
  const logged = [];
  const log = (text) => logged.push(text);
  const client = { logger: { debug: log, info: log, warn: log, error: log }, logLevel: 'error' };
  const apiToken = () => Promise.reject(new Error('the vault at 10.0.0.1 is closed'));
  const { ask } = await scene({ apiToken, client });
  const { body } = await ask('GET', '/contact/id:1');
  assert.deepEqual(body, { code: 'internal', message: 'the proxy failed', status: 500, outcome: 'not_sent' });
  assert.match(logged.join(), /apiToken gave no token/);
});

test('a token that the service refuses is logged', async () => {
  const logged = [];
  const log = (text) => logged.push(text);
  const client = { logger: { debug: log, info: log, warn: log, error: log }, logLevel: 'error' };
  const { ask } = await scene({ apiToken: 'another-token-000', client });
  assert.equal((await ask('GET', '/contact/id:1')).status, 502);
  assert.match(logged.join(), /getContact was answered with 401/);
});

test('the base path may be another one, or none', async () => {
  for (const [basePath, path] of [
    ['/', ''],
    ['', ''],
    ['/a/b-c/', '/a/b-c'],
    [undefined, '/api/respond'],
  ]) {
    const { ask } = await scene({ basePath });
    assert.equal((await ask('GET', `${ORIGIN}${path}/contact/id:1`)).status, 200, path);
    assert.equal((await ask('GET', `${ORIGIN}/x${path}/contact/id:1`)).status, 404, path);
  }
});

test('a body may have as many bytes as maxBodyBytes says', async () => {
  const body = JSON.stringify(TEXT);
  for (const [maxBodyBytes, status] of [
    [body.length, 200],
    [body.length - 1, 413],
  ]) {
    const { ask } = await scene({ maxBodyBytes });
    assert.equal((await ask('POST', '/contact/id:1/message', { body })).status, status);
  }
});

test('a slow body is a 408', async () => {
  const { ask, sandbox } = await scene({ bodyTimeoutMs: 30 });
  const answer = await ask('POST', '/contact/id:1/message', { body: new ReadableStream({}) });
  assert.deepEqual([answer.status, answer.body.outcome], [408, 'not_sent']);
  assert.equal(sandbox.journal().length, 0);
});

const PARTNER = 'https://partner.example';
const cors = { origins: [PARTNER], credentials: true, headers: ['x-page'], maxAgeSeconds: 600 };

test('a proxy never rejects, also where somebody else holds the body', async () => {
  const { proxy } = await scene();
  const headers = { 'content-type': 'application/json' };
  for (const [path, status] of [
    ['/contact/id:1/message', 500],
    ['/nowhere', 404],
  ]) {
    const request = new Request(BASE + path, { method: 'POST', headers, body: '{}' });
    request.body.getReader();
    assert.equal((await proxy(request)).status, status, path);
  }
});

test('a page of a listed origin may read every answer', async () => {
  const { ask } = await scene({ cors });
  for (const [path, status] of [
    ['/contact/id:1', 200],
    ['/contact/id:9', 404],
    ['/contact/id:x', 400],
    ['/nowhere', 404],
  ]) {
    const answer = await ask('GET', path, { headers: { origin: PARTNER } });
    assert.equal(answer.status, status);
    assert.equal(answer.headers.get('access-control-allow-origin'), PARTNER);
    assert.equal(answer.headers.get('access-control-allow-credentials'), 'true');
    assert.match(answer.headers.get('access-control-expose-headers'), /retry-after/);
    assert.equal(answer.headers.get('vary'), 'Origin');
  }
});

test('a page of another origin may read none', async () => {
  const { ask, sandbox } = await scene({ cors });
  const answer = await ask('GET', '/contact/id:1', { headers: { origin: 'https://evil.example' } });
  assert.deepEqual([answer.status, answer.body.code], [403, 'origin']);
  assert.equal(answer.headers.get('access-control-allow-origin'), null);
  assert.equal(answer.headers.get('vary'), 'Origin');
  assert.equal(sandbox.journal().length, 0);
});

test('a preflight is answered with what the proxy offers', async () => {
  const { ask, sandbox } = await scene({ cors, allow: ['getContact', 'updateContact'] });
  const preflight = (path, origin = PARTNER, method = 'GET') =>
    ask('OPTIONS', path, { headers: { origin, 'access-control-request-method': method } });
  const answer = await preflight('/contact/id:1');
  assert.deepEqual([answer.status, answer.text], [204, '']);
  assert.equal(answer.headers.get('access-control-allow-methods'), 'GET, PUT');
  assert.equal(answer.headers.get('access-control-allow-headers'), 'content-type, x-page');
  assert.equal(answer.headers.get('access-control-max-age'), '600');
  assert.equal(answer.headers.get('access-control-allow-origin'), PARTNER);
  assert.equal((await preflight('/tag/5')).status, 403);
  assert.equal((await preflight('/nowhere')).status, 404);
  const foreign = await preflight('/contact/id:1', 'https://evil.example');
  assert.equal(foreign.status, 403);
  assert.equal(foreign.headers.get('access-control-allow-methods'), null);
  assert.equal((await ask('OPTIONS', '/contact/id:1')).status, 405);
  assert.equal(sandbox.journal().length, 0);
});

test('a server behind TLS that is ended before it knows its pages by what the browser says', async () => {
  const { ask } = await scene();
  const headers = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
  assert.equal((await ask('GET', 'http://10.0.0.1:3000/api/respond/contact/id:1', { headers })).status, 200);
});

test('a body that the program holds on to is its own mistake, and the proxy does not reject', async () => {
  const proxy = createProxy(optionsFor(await sandboxed()));
  for (const path of ['/contact/id:1/message', '/nowhere']) {
    const headers = { 'content-type': 'application/json' };
    const request = new Request(BASE + path, { method: 'POST', headers, body: '{}' });
    request.body.getReader();
    assert.equal((await proxy(request)).status, path === '/nowhere' ? 404 : 500);
  }
});

test('two proxies and a client share the classes of errors and the limit of a token', async () => {
  const sandbox = await sandboxed();
  const rateLimit = { limit: 1, windowMs: 60_000, maxWaitMs: 0 };
  const proxy = createProxy(optionsFor(sandbox, { client: { rateLimit } }));
  const client = new RespondIO({ apiToken: TOKEN, fetch: sandbox.fetch, rateLimit });
  assert.equal((await asking(proxy)('GET', '/contact/id:1')).status, 200);
  await assert.rejects(get(client), RateLimitError);
  const { page } = await scene();
  await assert.rejects(page.contacts.get('id:99'), NotFoundError);
  await assert.rejects(pageOf(async () => new Response('', { status: 500 })).contacts.get('id:1'), ServerError);
});
