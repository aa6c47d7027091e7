import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RespondIO, ValidationError } from 'respond-io-wasm';
import { ANSWERS } from './documents.mjs';
import { CALLS } from './operations.mjs';

const BASE = 'https://proxy.example:8443/a/b';
/** What ends a line, a segment, a path or a URL somewhere, and what looks like it. */
const EVIL = [
  '\r',
  '\n',
  '\r\nx: y',
  '\0',
  '\t',
  '\v',
  '\f',
  '\x1b',
  '\x7f',
  ' ',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\u2029',
  '\ufeff',
  '/',
  '//',
  '\\',
  '..',
  '.',
  '/../',
  '/..;/',
  '\\..\\',
  '%2e%2e',
  '%2E%2E%2F',
  '%2f',
  '%5c',
  '%00',
  '%0d%0a',
  '%',
  '%25',
  '%252f',
  '%u002f',
  '?',
  '#',
  '&',
  ';',
  ':',
  '@',
  '?limit=1',
  '#x',
  '//evil.example',
  'https://evil.example/',
  '@evil.example',
  '／',
  '＼',
  '．．',
  '\u2024\u2024',
  '\u2215',
  '\u29f8',
  '？',
  '＃',
  '％2f',
  '\u202e',
  '\u200d',
  '\ud800',
  '\udc00',
  '😀',
  'İ',
  'K',
  'ſ',
  '__proto__',
  '{identifier}',
  '$x',
  "' or 1=1",
  '<x>',
  '"',
  '`',
  '|',
  '^',
  '[::1]',
  'x'.repeat(600),
];
const identifiers = EVIL.flatMap((evil) => [
  evil,
  `id:${evil}`,
  `id:1${evil}`,
  `email:${evil}@b`,
  `email:a@b${evil}`,
  `email:a${evil}b@c.d`,
  `phone:+60${evil}`,
  `phone:${evil}1`,
  { id: evil },
  { email: `a${evil}@b` },
  { email: `${evil}a@b` },
  { phone: `1${evil}` },
  { [`email${evil}`]: 'a@b' },
]);
const numbers = [
  ...EVIL,
  '1',
  '1/2',
  0,
  -1,
  1.5,
  2 ** 53,
  1e21,
  Number.NaN,
  -0,
  [1],
  { valueOf: () => 1 },
  null,
  true,
  new Number(7),
  '0x1',
];

/** A client whose fetch writes down what it is asked. */
function recorded(options = {}) {
  const requests = [];
  const fetch = async (url, init) => {
    requests.push({ url, ...init });
    return new Response('{"name":"a"}');
  };
  const base = { apiToken: 'token', baseUrl: BASE, fetch, rateLimit: false, maxRetries: 0, responseValidation: 'off' };
  return { client: new RespondIO({ ...base, ...options }), requests };
}

/** Asserts that a request goes to its operation below the base URL; gives the texts of its path's parameters. */
function parameters({ path, id }, { url }) {
  assert.equal(typeof url, 'string');
  assert.match(url, /^[!-~]+$/);
  const read = new URL(url);
  assert.equal(read.href, url, 'a reader of URLs changes nothing');
  assert.equal(read.origin, new URL(BASE).origin);
  assert.equal(read.username + read.password + read.hash, '');
  assert.ok(read.search === '' || id === 'listContacts', read.search);
  const segments = read.pathname.split('/');
  const template = [...new URL(BASE).pathname.split('/'), ...path.split('/').slice(1)];
  assert.equal(segments.length, template.length, url);
  const values = [];
  for (const [index, part] of template.entries()) {
    if (!part.startsWith('{')) assert.equal(segments[index], part, url);
    else values.push(decodeURIComponent(segments[index]));
  }
  return values;
}

/** Calls, and asserts that it is refused with nothing sent, or gives the request that was sent. */
async function sent({ call, id }, client, requests, args) {
  const before = requests.length;
  const error = await call(client, ...args).then(
    () => undefined,
    (error) => error,
  );
  if (error instanceof ValidationError) {
    assert.equal(requests.length, before, `${id} sent what it refused`);
    assert.deepEqual([error.attempts, error.outcome], [0, 'not_sent']);
    return undefined;
  }
  // The only other fault that this answer has: an operation that gives a list.
  assert.ok(error === undefined || (error.name === 'DecodeError' && ANSWERS[id]), error?.stack);
  assert.equal(requests.length, before + 1);
  return requests.at(-1);
}

/** What an identifier says, as text. */
function textOf(identifier) {
  if (typeof identifier === 'string') return identifier;
  const [[name, value]] = Object.entries(identifier);
  return `${name}:${value}`;
}

for (const operation of CALLS.filter(({ path }) => path.includes('{identifier}'))) {
  test(`${operation.id}: no identifier leaves its segment`, async () => {
    const { client, requests } = recorded();
    for (const identifier of identifiers) {
      const request = await sent(operation, client, requests, operation.args.with(0, identifier));
      if (request) assert.equal(parameters(operation, request)[0], textOf(identifier));
    }
    assert.ok(requests.length > 80 && requests.length < identifiers.length / 2, `${requests.length} were sent`);
  });
}

for (const [id, at] of [
  ['getMessage', 1],
  ['updateTag', 0],
  ['deleteTag', 0],
]) {
  const operation = CALLS.find((call) => call.id === id);
  test(`${id}: its number is a number`, async () => {
    const { client, requests } = recorded();
    for (const number of numbers) {
      const request = await sent(operation, client, requests, operation.args.with(at, number));
      if (request) assert.equal(parameters(operation, request).at(-1), '7', String(number));
    }
    assert.equal(requests.length, 1, 'only new Number(7) is one');
  });
}

test('listContacts: no query is more than its two parameters', async () => {
  const operation = CALLS.find(({ id }) => id === 'listContacts');
  const { client, requests } = recorded();
  const queries = [
    ...numbers.flatMap((number) => [{ limit: number }, { cursorId: number }, { limit: 5, cursorId: number }]),
    ...EVIL.flatMap((evil) => [{ [evil]: 1 }, { [`limit${evil}`]: 1 }, evil]),
  ];
  for (const query of queries) {
    const request = await sent(operation, client, requests, [query]);
    if (!request) continue;
    parameters(operation, request);
    assert.match(new URL(request.url).search, /^\?(limit=\d+)?&?(cursorId=-?\d+)?$/);
  }
  assert.ok(requests.length >= 3 && requests.length < 12, `${requests.length} were sent`);
});

for (const operation of CALLS.filter(({ args }) => args.some((argument) => typeof argument === 'object'))) {
  test(`${operation.id}: nothing in the body reaches the URL, and it arrives as it is`, async () => {
    const { client, requests } = recorded();
    const plain = recorded();
    const expected = (await sent(operation, plain.client, plain.requests, operation.args)).url;
    for (const evil of EVIL) {
      for (const body of variants(operation.args.at(-1), evil)) {
        const request = await sent(operation, client, requests, operation.args.with(-1, body));
        if (!request || operation.id === 'listContacts') continue;
        assert.equal(request.url, expected);
        assert.deepEqual(JSON.parse(request.body), JSON.parse(JSON.stringify(body)));
        assert.match(request.body, /^[^\p{Cs}\r\n\0]*$/u);
      }
    }
  });
}

/** The value with one of its texts, each in turn, followed by `evil`. */
function variants(value, evil) {
  if (typeof value === 'string') return [value + evil, evil];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    variants(inner, evil).map((variant) =>
      Array.isArray(value) ? value.with(Number(key), variant) : { ...value, [key]: variant },
    ),
  );
}

const OWN = ['accept', 'authorization', 'content-type'];
const names = [
  ...EVIL,
  ...EVIL.map((evil) => `x${evil}y`),
  ...OWN.flatMap((name) => [name, name.toUpperCase(), ` ${name}`, `${name} `, `${name}:`, `${name}\0`, `${name}\r\nx`]),
  'ａuthorization',
  'authorizatiın',
  'conſent',
  'host',
  'x-ok',
];
const values = [...EVIL, ...EVIL.map((evil) => `a${evil}b`), 'ok', 'a\tb', 'é', '€', '', 1, null, undefined, ['a'], {}];

/** Asserts that the client's own headers are as they should be and that every other can stand in its line. */
function assertHeaders({ headers, body }) {
  const { accept, authorization, 'content-type': type, ...others } = headers;
  assert.deepEqual([accept, authorization], ['application/json', 'Bearer token']);
  assert.equal(type, body === undefined ? undefined : 'application/json');
  for (const [name, value] of Object.entries(others)) {
    assert.match(name, /^[!#$%&'*+.^_`|~0-9a-z-]+$/);
    assert.ok(!OWN.includes(name.toLowerCase()));
    assert.match(value, /^[\t\x20-\x7e\x80-\xff]*$/);
  }
  return others;
}

for (const [where, use] of [
  ['the client', (headers) => recorded({ headers })],
  ['a call', (headers) => ({ ...recorded(), options: { headers } })],
]) {
  test(`no header of ${where} breaks out of its line or takes the place of ours`, async () => {
    const tried = [...names.map((name) => ({ [name]: 'x' })), ...values.map((value) => ({ 'x-text': value }))];
    let taken = 0;
    for (const headers of tried) {
      for (const operation of [CALLS[0], CALLS[3]]) {
        let made;
        try {
          made = use(headers);
        } catch (error) {
          assert.ok(error instanceof ValidationError && error.path === 'headers', error);
          continue;
        }
        const args = made.options ? [...operation.args, made.options] : operation.args;
        const request = await sent(operation, made.client, made.requests, args);
        if (!request) continue;
        taken += 1;
        parameters(operation, request);
        assert.ok(Object.keys(assertHeaders(request)).length <= 1);
      }
    }
    assert.ok(taken > 40 && taken < tried.length, `${taken} of ${tried.length * 2} were sent`);
  });
}

test('no token breaks out of its line, whether it is given or fetched', async () => {
  const tokens = [...EVIL, ...EVIL.map((evil) => `tok${evil}en`), '', 1, null, {}, ['token'], 'token '];
  let taken = 0;
  for (const token of tokens) {
    const { client, requests } = recorded({ apiToken: () => token });
    const request = await sent(CALLS[3], client, requests, ['id:1']);
    const given = () => recorded({ apiToken: token });
    if (!request) {
      if (typeof token === 'string') assert.throws(given, { name: 'ValidationError', path: 'apiToken' });
      continue;
    }
    assert.doesNotThrow(given);
    assert.match(request.headers.authorization, /^Bearer [!-~]+$/);
    assert.equal(request.headers.authorization, `Bearer ${token}`);
    taken += 1;
  }
  assert.ok(taken > 40 && taken < tokens.length - 40, `${taken} of ${tokens.length} were taken`);
});

const hosts = EVIL.flatMap((evil) => [
  `https://proxy.example${evil}`,
  `https://proxy.example/${evil}`,
  `https://proxy.example/v2${evil}`,
  `https://${evil}proxy.example/v2`,
  `https://proxy.example${evil}.evil.example/v2`,
  `http://localhost${evil}/v2`,
  `http://localhost${evil}.evil.example/v2`,
  `http${evil}://proxy.example`,
  `${evil}https://proxy.example`,
]);
const bases = [
  ...hosts,
  'https:proxy.example',
  'https:/proxy.example',
  'https:\\\\proxy.example',
  'https:///proxy.example',
  'HTTPS://PROXY.EXAMPLE/A',
  'http://proxy.example',
  'http://127.0.0.1.evil.example',
  'http://127.evil.example',
  'http://localhost@evil.example',
  'http://evil.example\\@localhost',
  'http://[::1].evil.example',
  'http://[::ffff:127.0.0.1]',
  'http://0.0.0.0',
  'http://2130706433',
  'http://0x7f.1',
  'http://127.1',
  'http://localhost.',
  'http://LOCALHOST',
  'http://ⓛocalhost',
  'ws://localhost',
  'ftp://proxy.example',
  'file:///etc/passwd',
  'data:,x',
  'javascript:0',
  'blob:https://proxy.example/x',
  'https://proxy.example:0',
  'https://proxy.example:99999',
  'https://a:b@proxy.example',
  'https://@proxy.example',
  'https://proxy.example/?',
  'https://proxy.example/v2?',
  'https://proxy.example/v2#',
  'https://proxy.example/v2/?#',
  '//proxy.example',
  '/\\proxy.example',
  '/api',
  '/\t/proxy.example',
  '',
  ' ',
  'https://',
  'https://proxy.example//',
];

test('a base URL is refused, or requests go below it: encrypted or to this machine, and nowhere else', async () => {
  let taken = 0;
  for (const baseUrl of bases) {
    let made;
    try {
      made = recorded({ baseUrl });
    } catch (error) {
      assert.ok(error instanceof ValidationError && error.path === 'baseUrl', `${baseUrl}: ${error.stack}`);
      continue;
    }
    const request = await sent(CALLS[3], made.client, made.requests, ['id:1']);
    const base = new URL(baseUrl);
    base.pathname = base.pathname.replace(/\/+$/, '');
    assert.ok(base.protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(base.hostname), baseUrl);
    assert.equal(base.username + base.password + base.search + base.hash, '', baseUrl);
    const below = `${base.origin}${base.pathname === '/' ? '' : base.pathname}`;
    assert.equal(request.url, `${below}/contact/id:1`, baseUrl);
    taken += 1;
  }
  assert.ok(taken > 100 && taken < bases.length - 100, `${taken} of ${bases.length} were taken`);
});
