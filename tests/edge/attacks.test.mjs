// Attacks by a request that a program or a page makes, through the Request that every runtime hands to the proxy.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { attacked, COOKIE, figures, judge, LISTED, whole } from './attacked.mjs';
import { BASE, ORIGIN } from './scene.mjs';
import { SURFACES } from './surfaces.mjs';

let cases = 0;

for (const surface of SURFACES) await attackAll(surface);

/** Every attack on the proxy of a surface. */
async function attackAll(surface) {
  const target = await attacked(surface);
  const { proxy } = target;

  /** What is sent where an attack changes only a part. */
  const MESSAGE = '{"message":{"type":"text","text":"Hello!"}}';
  const GET = { method: 'GET', path: '/contact/id:1' };
  const POST = { method: 'POST', path: '/contact/id:1/message', body: MESSAGE, type: 'application/json' };

  /** One attack, a test of its own. */
  function attack(name, expected, { method, path, headers = {}, body, type }) {
    cases += 1;
    test(`${surface.name}: ${name}: ${expected}`, async () => {
      const sent = new Headers({ cookie: COOKIE });
      if (type !== undefined) sent.set('content-type', type);
      for (const [header, value] of Array.isArray(headers) ? headers : Object.entries(headers))
        sent.append(header, value);
      const url = path.startsWith('https:') ? path : BASE + path;
      const init = { method, headers: sent, ...(body !== undefined && { body, duplex: 'half' }) };
      // A text without a type would be given one.
      const request = new Request(
        url,
        typeof body === 'string' ? { ...init, body: new TextEncoder().encode(body) } : init,
      );
      judge(target, await whole(await proxy(request)), expected);
    });
  }

  /** Attacks that differ in one thing. */
  function attacks(group, expected, variants, make) {
    for (const variant of variants) {
      const name = JSON.stringify(variant) ?? String(variant);
      attack(`${group} ${name.length > 80 ? `${name.slice(0, 80)}…` : name}`, expected, make(variant));
    }
  }

  attacks(
    'an identifier that is not the permitted one',
    'refused',
    [
      'id:2',
      'id%3A2',
      'id%253A1',
      'id:01',
      'id:1.0',
      'id:1e0',
      'id:0x1',
      'id:+1',
      'id:%2B1',
      'id:-1',
      'id:%201',
      'id:1%20',
      'id:1%09',
      'id:1%00',
      'id:1%0d%0aX-Evil:%20y',
      'id:1%0a',
      'ID:1',
      'Id:1',
      'id:１',
      'id:%EF%BC%91',
      'id:%D9%A1',
      'id:%F0%9D%9F%8F',
      'id:1%E2%80%8B',
      'id:1%EF%BB%BF',
      '%EF%BB%BFid:1',
      'ｉd:1',
      'id：1',
      'id:1%CC%81',
      'id:1,id:2',
      'id:1;x=1',
      'id:1%3Bx',
      'id:1%2C2',
      'id:1%23',
      'id:1%3Fx=1',
      'id:1%26id:2',
      'id:1%2F',
      'id:1%2Fmessage',
      'id:1%2F..%2Fid:2',
      'id:1%5C..%5Cid:2',
      '..%2fcontact%2fid:2',
      '%2e%2e%2fid:1',
      '.%2e%2f.%2e%2ftag',
      '%252e%252e%252fid:1',
      '%252fid:1',
      'id:1%252f',
      '1',
      'email:a@b',
      'email:id:1@b',
      'phone:1',
      'phone:%2B1',
      '{identifier}',
      '%7Bidentifier%7D',
      '__proto__',
      'constructor',
      '%zz',
      '%',
      'id:1%',
      'id:1%u0031',
      '%ff',
      '%c0%ae%c0%ae',
      '%c0%afid:1',
      '%ed%a0%80',
      '%E0%A4%A',
      `id:1${'0'.repeat(400)}`,
      `id:${'1'.repeat(10_000)}`,
      'list',
      '%6cist',
      '*',
      'id:*',
      'id:1|id:2',
      "id:1'--",
    ],
    (identifier) => ({ method: 'GET', path: `/contact/${identifier}` }),
  );

  attacks(
    'the permitted identifier, written otherwise',
    'harmless',
    [
      'id%3A1',
      '%69d:1',
      'id:%31',
      '%69%64%3a%31',
      './id:1',
      '%2e/id:1',
      'id:2/../id:1',
      'id:2/%2e%2e/id:1',
      'x\\..\\id:1',
    ],
    (path) => ({ method: 'GET', path: `/contact/${path}` }),
  );

  attacks(
    'a path that is no route or leads to another operation',
    'refused',
    [
      '',
      '/',
      '/contact',
      '/contact/',
      '/contact/id:1/',
      '/contact//id:1',
      '//contact/id:1',
      '/contact/id:1//',
      '/contact/id:1/..',
      '/contact/id:1/../id:2',
      '/contact/id:1/%2e%2e/id:2',
      '/contact\\id:2',
      '/contact/id:1/channel',
      '/contact/id:1/channel/..%2f',
      '/contact%2fid:1',
      '/Contact/id:1',
      '/contacts/id:1',
      '/contact/id:1/message',
      '/contact/id:1/message/',
      '/contact/id:1%2fmessage%2f7',
      '/custom_field',
      '/tag/5',
      '/__proto__',
      '/constructor/id:1',
      '/contact/id:1/__proto__',
      '/..',
      '/../contact/id:1',
      '/../../v2/contact/id:1',
      '/%2e%2e/contact/id:1',
    ],
    (path) => ({ method: 'GET', path }),
  );

  attacks(
    'a path outside of the base path',
    'refused',
    [
      '/',
      '/contact/id:1',
      '/v2/contact/id:1',
      '/api/contact/id:1',
      '/api/respondx/contact/id:1',
      '/api/respon/contact/id:1',
      '/api/respond.contact/id:1',
      '/api/respond%2fcontact%2fid:1',
      '/api/respond%2f/contact/id:1',
      '/api/%72espond/contact/id:1',
      '/API/respond/contact/id:1',
      '/api//respond/contact/id:1',
      '//api/respond/contact/id:1',
      '///api/respond/contact/id:1',
      '/x/api/respond/contact/id:1',
      '/api/respond;x/contact/id:1',
      '/api/respond/api/respond/contact/id:1',
      '/https://app.example.com/api/respond/contact/id:1',
    ],
    (path) => ({ method: 'GET', path: ORIGIN + path }),
  );

  attacks(
    'a message number that is not the permitted one',
    'refused',
    [
      '8',
      '07',
      '7.0',
      '7e0',
      '0x7',
      '+7',
      '-7',
      '%2B7',
      '７',
      '7%20',
      '%207',
      '7/',
      '7%2f',
      '7n',
      '0',
      '-0',
      '9007199254740999',
      '1e400',
      'NaN',
      'Infinity',
      '',
      'true',
      '7%00',
      '7,8',
    ],
    (number) => ({ method: 'GET', path: `/contact/id:1/message/${number}` }),
  );
  attack('the permitted message number, encoded', 'harmless', { method: 'GET', path: '/contact/id:1/message/%37' });

  attacks(
    'a method that is not offered',
    'refused',
    ['PUT', 'DELETE', 'POST', 'PATCH', 'HEAD', 'OPTIONS', 'patch', 'PROPFIND', 'FOO', 'GETX', 'QUERY', 'LINK'],
    (method) => ({ ...GET, method }),
  );
  attacks(
    'a header that would change the method',
    'harmless',
    ['x-http-method-override', 'x-http-method', 'x-method-override', 'x-original-method', '_method'],
    (name) => ({ ...GET, headers: { [name]: 'DELETE' } }),
  );
  attacks(
    'a header that would change the method of a message',
    'harmless',
    ['x-http-method-override', 'x-http-method', 'x-method-override'],
    (name) => ({ ...POST, headers: { [name]: 'DELETE' } }),
  );

  const SMUGGLED = [
    ['authorization', 'Bearer evil'],
    ['proxy-authorization', 'Basic ZXZpbA=='],
    ['x-api-key', 'evil'],
    ['x-forwarded-for', '127.0.0.1'],
    ['x-forwarded-host', 'evil.example'],
    ['x-forwarded-proto', 'http'],
    ['x-forwarded-prefix', '/evil'],
    ['forwarded', 'for=127.0.0.1;host=evil.example'],
    ['via', '1.1 evil'],
    ['x-real-ip', '127.0.0.1'],
    ['true-client-ip', '127.0.0.1'],
    ['cf-connecting-ip', '127.0.0.1'],
    ['host', 'evil.example'],
    ['x-host', 'evil.example'],
    ['x-original-url', '/contact/id:2'],
    ['x-rewrite-url', '/contact/id:2'],
    ['x-original-host', 'evil.example'],
    ['x-middleware-subrequest', 'middleware'],
    ['connection', 'close, authorization'],
    ['keep-alive', 'timeout=1'],
    ['te', 'trailers'],
    ['trailer', 'authorization'],
    ['transfer-encoding', 'chunked'],
    ['upgrade', 'websocket'],
    ['expect', '100-continue'],
    ['range', 'bytes=0-0'],
    ['if-none-match', '*'],
    ['if-modified-since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['accept', 'text/html'],
    ['accept-encoding', 'br;q=1, *;q=0'],
    ['accept-language', 'x'.repeat(5000)],
    ['user-agent', '() { :; }; echo'],
    ['referer', 'https://evil.example/'],
    ['content-length', '999999'],
    ['content-type', 'text/html'],
    ['x-large', 'x'.repeat(100_000)],
    ['cookie', 'respond_session=evil'],
    ['cookie2', '$Version=1'],
    ['set-cookie', 'a=b'],
    ['x-evil', 'é'],
  ];
  attacks('a header that would reach the service', 'harmless', SMUGGLED.slice(0, -5), (header) => ({
    ...GET,
    headers: [header],
  }));
  attacks(
    'a header that would reach the service with a message',
    'harmless',
    SMUGGLED.filter(([name]) => !['content-length', 'content-type', 'cookie', 'x-large'].includes(name)).slice(0, 12),
    (header) => ({ ...POST, headers: [header] }),
  );
  attacks('a cookie beside the session', 'harmless', ['token=evil', '__Host-x=1'], (cookie) => ({
    ...GET,
    headers: [
      ['cookie2', '1'],
      ['x-cookie', cookie],
    ],
  }));
  attack('a hundred headers of one name', 'harmless', {
    ...GET,
    headers: Array.from({ length: 100 }, (_, i) => ['x-many', String(i)]),
  });
  attack('an authorization given twice', 'harmless', {
    ...GET,
    headers: [
      ['authorization', 'Bearer a'],
      ['authorization', 'Bearer b'],
    ],
  });

  for (const [name, cookie] of [
    ['no session', ''],
    ['a session that is not the permitted one', 'session=bad'],
    ['the session in another name', 'xsession=good'],
    ['the session as a part', 'session=good2'],
    ['the session in the query', undefined],
  ]) {
    cases += 1;
    test(`${surface.name}: ${name}: refused`, async () => {
      const headers = cookie ? { cookie } : {};
      judge(target, await whole(await proxy(new Request(`${BASE}/contact/id:1`, { headers }))), 'refused');
    });
  }

  attacks(
    'a foreign origin',
    'refused',
    [
      'https://evil.example',
      'null',
      'Null',
      '*',
      'http://app.example.com',
      'https://app.example.com:444',
      'https://app.example.com:443',
      'https://app.example.com.',
      'https://app.example.com.evil.example',
      'https://evilapp.example.com',
      'https://sub.app.example.com',
      'https://example.com',
      'https://APP.example.com',
      'https://app.example.com/',
      'https://app.example.com/api',
      'https://app.example.com@evil.example',
      'https://user@app.example.com',
      'https://app.example.com, https://evil.example',
      'https://app.example.com https://evil.example',
      `${LISTED}/`,
      `${LISTED}:8443`,
      `${LISTED}.evil.example`,
      `${LISTED}, https://evil.example`,
      'http://partner.example',
      'https://xpartner.example',
      'file://',
      'data:',
      'chrome-extension://abcdef',
      'app.example.com',
      'undefined',
      '',
    ],
    (origin) => ({ ...GET, headers: { origin } }),
  );
  attacks(
    'a foreign origin of a message',
    'refused',
    ['https://evil.example', 'null', 'http://app.example.com'],
    (origin) => ({
      ...POST,
      headers: { origin },
    }),
  );
  attacks(
    'a request that a browser calls foreign',
    'refused',
    [
      [['sec-fetch-site', 'cross-site']],
      [['sec-fetch-site', 'same-site']],
      [
        ['sec-fetch-site', 'cross-site'],
        ['origin', 'https://evil.example'],
      ],
      [
        ['sec-fetch-site', 'same-site'],
        ['origin', 'https://evil.example.com'],
      ],
      [
        ['sec-fetch-site', 'none'],
        ['origin', 'https://evil.example'],
      ],
      [
        ['sec-fetch-site', 'same-origin'],
        ['origin', 'null'],
      ],
      [
        ['sec-fetch-site', 'same-origin, cross-site'],
        ['origin', 'https://evil.example'],
      ],
      [
        ['origin', 'https://evil.example'],
        ['host', 'evil.example'],
      ],
      [
        ['origin', 'https://evil.example'],
        ['x-forwarded-host', 'evil.example'],
      ],
      [
        ['origin', 'https://evil.example'],
        ['referer', `${ORIGIN}/`],
      ],
      [
        ['origin', ORIGIN],
        ['origin', 'https://evil.example'],
      ],
      [
        ['origin', 'https://evil.example'],
        ['origin', ORIGIN],
      ],
    ],
    (headers) => ({ ...GET, headers }),
  );
  attacks('an origin that may call', 'harmless', [ORIGIN, LISTED], (origin) => ({ ...GET, headers: { origin } }));
  attacks(
    'a preflight of a foreign origin',
    'refused',
    ['https://evil.example', 'null', ORIGIN.replace('https', 'http'), `${LISTED}/`],
    (origin) => ({ ...GET, method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } }),
  );

  attacks(
    'a body of another type',
    'refused',
    [
      undefined,
      '',
      'text/plain',
      'text/plain;charset=UTF-8',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json, text/plain',
      'text/plain, application/json',
      'text/plain; application/json',
      'application/jsonp',
      'application/json5',
      'application/json-seq',
      'text/json',
      'application/vnd.api+json',
      'application/json; charset=utf-16',
      'application/json;charset=utf-7',
      'application/json; charset=iso-8859-1',
      'application/json;boundary=x',
      'application/json;',
      'application /json',
      '*/*',
      'json',
    ],
    (type) => ({ ...POST, type }),
  );
  attacks(
    'JSON by another name',
    'harmless',
    ['APPLICATION/JSON', 'application/json; charset=UTF-8', 'application/json;charset="utf-8"', ' application/json '],
    (type) => ({ ...POST, type }),
  );
  attacks('an encoded body', 'refused', ['gzip', 'br', 'deflate', 'identity', 'gzip, gzip', ''], (encoding) => ({
    ...POST,
    headers: { 'content-encoding': encoding },
  }));

  attacks(
    'a body that the rules or the schema refuse',
    'refused',
    [
      '',
      ' ',
      'null',
      'true',
      '1',
      '"text"',
      '[]',
      '{}',
      `[${MESSAGE}]`,
      '{"message":null}',
      '{"message":[]}',
      '{"message":{}}',
      '{"message":{"type":"attachment","attachment":{"type":"image","url":"https://evil.example/a.png"}}}',
      '{"message":{"type":"whatsapp_template","template":{}}}',
      '{"message":{"type":"TEXT","text":"a"}}',
      '{"message":{"type":"text ","text":"a"}}',
      '{"message":{"type":"text\\u0000","text":"a"}}',
      '{"message":{"type":["text"],"text":"a"}}',
      '{"message":{"type":{"$ne":null},"text":"a"}}',
      '{"message":{"type":"text"}}',
      '{"message":{"type":"text","text":1}}',
      '{"message":{"type":"text","text":["a"]}}',
      '{"message":{"type":"text","text":"a","attachment":{"type":"image","url":"https://evil.example/a.png"}}}',
      '{"message":[{"type":"text","text":"a"}]}',
      '{"message":[{"type":"text","text":"a"},{"type":"attachment"}]}',
      '{"message":{"type":"text","text":"a"},"message":{"type":"attachment","attachment":{"type":"image","url":"https://e.x/a"}}}',
      '{"message":{"type":"text","text":"a"},"mess\\u0061ge":{"type":"attachment","attachment":{"type":"image","url":"https://e.x/a"}}}',
      '{"message":{"type":"text","text":"a","type":"attachment"}}',
      '{"message":{"type":"text","text":"a"},"identifier":"id:2"}',
      '{"message":{"type":"text","text":"a"},"_method":"DELETE"}',
      '{"message":{"type":"text","text":"a"},"__proto__":{"channelId":2}}',
      '{"__proto__":{"message":{"type":"text","text":"a"}}}',
      '{"message":{"__proto__":{"type":"text","text":"a"}}}',
      '{"constructor":{"prototype":{"x":1}},"message":{"type":"text","text":"a"}}',
      '{"message":{"type":"text","text":"a","toJSON":{"type":"attachment"}}}',
      '{"toJSON":1,"message":{"type":"text","text":"a"}}',
      '{"channelId":9007199254740993,"message":{"type":"text","text":"a"}}',
      '{"channelId":1e400,"message":{"type":"text","text":"a"}}',
      '{"channelId":1.5,"message":{"type":"text","text":"a"}}',
      '{"channelId":-1,"message":{"type":"text","text":"a"}}',
      '{"channelId":"1","message":{"type":"text","text":"a"}}',
      '{"channelId":true,"message":{"type":"text","text":"a"}}',
      '{"channelId":[1],"message":{"type":"text","text":"a"}}',
      `${MESSAGE}x`,
      `${MESSAGE}${MESSAGE}`,
      `${MESSAGE},`,
      `)]}'\n${MESSAGE}`,
      `\ufeff${MESSAGE}`,
      `\0${MESSAGE}`,
      `/* */${MESSAGE}`,
      `${MESSAGE}//`,
      "{'message':{'type':'text','text':'a'}}",
      '{message:{type:"text",text:"a"}}',
      '{"message":{"type":"text","text":"a",}}',
      '{"message":{"type":"text","text":NaN}}',
      '{"message":{"type":"text","text":"a\nb"}}',
      '{"message":{"type":"text","text":"a"',
      'message[type]=text&message[text]=a',
      '['.repeat(101) + ']'.repeat(101),
      '['.repeat(100_000),
      `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
      `{"message":{"type":"text","text":"a","x":${'['.repeat(200)}${']'.repeat(200)}}}`,
      `{"message":{"type":"text","text":"${'x'.repeat(300_000)}"}}`,
      `${' '.repeat(262_144)}${MESSAGE}`,
    ],
    (body) => ({ ...POST, body }),
  );

  const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
  const [head, tail] = ['{"message":{"type":"text","text":"', '"}}'];
  for (const [name, body] of [
    ['invalid UTF-8', bytes(head, [0xff], tail)],
    ['overlong UTF-8', bytes(head, [0xc0, 0xaf], tail)],
    ['a surrogate in UTF-8', bytes(head, [0xed, 0xa0, 0x80], tail)],
    ['UTF-8 that is cut off', bytes(head, [0xe2, 0x82], tail)],
    ['UTF-16', Buffer.from(MESSAGE, 'utf16le')],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${MESSAGE}`, 'utf16le')],
    ['gzip', bytes([0x1f, 0x8b, 0x08, 0x00])],
  ]) {
    attack(`a body in ${name}`, 'refused', { ...POST, body });
  }

  attacks(
    'a body that is odd but permitted',
    'harmless',
    [
      '{"message":{"type":"attachment"},"message":{"type":"text","text":"a"}}',
      '{"message":{"type":"attachment","type":"text","text":"a"}}',
      '{"mess\\u0061ge":{"type":"t\\u0065xt","text":"a"}}',
      '{"channelId":1.0,"message":{"type":"text","text":"a"}}',
      '{"channelId":1e0,"message":{"type":"text","text":"a"}}',
      '{"message":{"type":"text","text":"\\r\\nX-Evil: y\\r\\n\\r\\nDELETE /v2/contact/id:1 HTTP/1.1"}}',
      '{"message":{"type":"text","text":"__proto__"}}',
      '{"message":{"type":"text","text":"</script>"}}',
      `\n\t ${MESSAGE} \r\n`,
    ],
    (body) => ({ ...POST, body }),
  );

  attacks(
    'a query that is not offered',
    'refused',
    [
      '',
      '?',
      '?limit=6',
      '?limit=100',
      '?limit=5&limit=10',
      '?limit=5&limit=5',
      '?limit=5&l%69mit=10',
      '?limit=05',
      '?limit=5.0',
      '?limit=5e0',
      '?limit=0x5',
      '?limit=+5',
      '?limit=%2B5',
      '?limit=%205',
      '?limit=5%20',
      '?limit=5%00',
      '?limit=-5',
      '?limit=',
      '?limit',
      '?limit=５',
      '?limit=1e400',
      '?limit=NaN',
      '?limit=5,10',
      '?limit=5;limit=10',
      '?limit[]=5',
      '?limit[0]=5',
      '?Limit=5',
      '?limit%00=5',
      '?limit=5&x=1',
      '?limit=5&cursorId=01',
      '?limit=5&cursorId=1&cursorId=2',
      '?limit=5&cursorId=9007199254740993',
      '?limit=5&cursorid=1',
      '?cursorId=1',
      '?limit=5&__proto__=1',
      '?limit=5&constructor=1',
      '?limit=5&toString=1',
      '?limit=5&hasOwnProperty=1',
      '?query={"limit":5}',
      '?query[limit]=5',
      '?limit=5?limit=10',
      '?limit=5%26limit%3D10',
      '?limit=5&_method=DELETE',
      '?limit=5&apiToken=x',
      '?limit=%ff5',
    ],
    (query) => ({ method: 'GET', path: surface.list + query }),
  );
  attacks(
    'a permitted query, written otherwise',
    'harmless',
    ['?limit=%35', '?l%69mit=5', '?&limit=5&', '?cursorId=1&limit=5', '?limit=10#&limit=100', '?limit=5&cursorId=-1'],
    (query) => ({ method: 'GET', path: surface.list + query }),
  );
  attacks(
    'a query where there is none',
    'refused',
    ['?x=1', '?identifier=id:2', '?limit=5', '?access_token=x', '?_method=DELETE', '?__proto__=1', '?=', '?%00'],
    (query) => ({ method: 'GET', path: `/contact/id:1${query}` }),
  );

  /** A body that comes in parts: after each a wait. */
  function slowly(parts, ms) {
    let at = 0;
    const pull = async (controller) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      const part = parts[at++];
      if (part === undefined) controller.close();
      else controller.enqueue(Buffer.from(part));
    };
    return new ReadableStream({ pull });
  }
  const mebibyte = 'x'.repeat(1 << 20);
  for (const [name, body, headers] of [
    ['never comes', new ReadableStream({})],
    ['never ends', slowly([MESSAGE], 1).pipeThrough(new TransformStream({ flush: () => new Promise(() => {}) }))],
    ['trickles', slowly([...MESSAGE], 20)],
    ['is cut off', new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) })],
    ['is endless and empty', new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(0)) })],
    ['is endless', new ReadableStream({ pull: (controller) => controller.enqueue(Buffer.from(mebibyte)) })],
    ['is larger than it says', slowly([mebibyte], 0), { 'content-length': '10' }],
    ['says that it is large', MESSAGE, { 'content-length': '1000000000' }],
    ['says that it is large, without being there', slowly([], 0), { 'content-length': '1000000000' }],
  ]) {
    attack(`a body that ${name}`, 'refused', { ...POST, body, headers: headers ?? {} });
  }
  attack('a body whose length is no number', 'harmless', { ...POST, headers: { 'content-length': 'x' } });
  attack('a body in parts', 'harmless', { ...POST, body: slowly([MESSAGE.slice(0, 9), MESSAGE.slice(9)], 5) });
  attack('a body where none is expected', 'harmless', {
    ...surface.bodiless,
    body: '{"tagId":6}',
    type: 'application/json',
  });
  attacks(
    'a number that is not the permitted one',
    'refused',
    ['6', '05', '5.0', '5%2f..%2f6', '%2e%2e', '5?tagId=6', '5/'],
    (number) => ({ method: surface.numbered.method, path: surface.numbered.path + number }),
  );
}

after(() => {
  console.log(`attacks by requests: ${cases}, refused ${figures.refused}, harmless ${figures.harmless}`);
  assert.ok(cases >= 400);
});
