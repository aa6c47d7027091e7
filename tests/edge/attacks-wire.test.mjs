// Attacks by bytes that no fetch would send, against node:http with the adapter of ten lines.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { toNode } from '../../examples/express/adapter.mjs';
import { attacked, COOKIE, figures, judge } from './attacked.mjs';
import { ORIGIN } from './scene.mjs';
import { SURFACES } from './surfaces.mjs';

let cases = 0;

for (const surface of SURFACES) await attackAll(surface);

/** Every attack on the proxy of a surface. */
async function attackAll(surface) {
  const target = await attacked(surface);
  const server = createServer(toNode(target.proxy, ORIGIN)).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const PATH = '/api/respond/contact/id:1';
  const HOST = 'Host: app.example.com';
  const SESSION = `Cookie: ${COOKIE}`;
  const MESSAGE = '{"message":{"type":"text","text":"Hello!"}}';
  const JSON_TYPE = 'Content-Type: application/json';
  /** A request that is never permitted, for the inside of another one. */
  const INNER = `DELETE ${PATH} HTTP/1.1\r\n${HOST}\r\n${SESSION}\r\n\r\n`;

  /** Sends bytes, or parts of them with a pause between; gives all that came back. */
  async function exchange(parts) {
    const socket = connect(server.address().port, '127.0.0.1');
    let bytes = '';
    socket.on('data', (part) => {
      bytes += part.toString('latin1');
    });
    // A server that resets the connection has refused.
    socket.on('error', () => {});
    const closed = once(socket, 'close').catch(() => {});
    for (const part of [parts].flat()) {
      socket.write(Buffer.from(part, 'latin1'));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await Promise.race([closed, quiet(() => bytes)]);
    socket.destroy();
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(bytes)?.[1] ?? 400), bytes };
  }

  /** Waits until nothing more has come for a while. */
  async function quiet(read) {
    for (let before; before !== read() || before === ''; ) {
      before = read();
      await new Promise((resolve) => setTimeout(resolve, before === '' ? 700 : 60));
      if (before === '' && read() === '') return;
    }
  }

  function attack(name, expected, parts) {
    cases += 1;
    test(`${surface.name}: ${name}: ${expected}`, async () => judge(target, await exchange(parts), expected));
  }

  /** A request of lines. */
  function lines(first, headers = [], body = '') {
    return `${[first, HOST, SESSION, 'Connection: close', ...headers].join('\r\n')}\r\n\r\n${body}`;
  }

  const get = (target, ...headers) => lines(`GET ${target} HTTP/1.1`, headers);
  const post = (headers, body) => lines(`POST ${PATH}/message HTTP/1.1`, [JSON_TYPE, ...headers], body);
  const length = (text) => `Content-Length: ${text.length}`;

  for (const target of [
    `http://app.example.com${PATH}`,
    `https://app.example.com${PATH}`,
    `http://evil.example${PATH}`,
    `HTTP://evil.example${PATH}`,
    `//evil.example${PATH}`,
    `//app.example.com${PATH}`,
    `/\\evil.example${PATH}`,
    `\\\\evil.example${PATH}`,
    `/@evil.example${PATH}`,
    `@evil.example${PATH}`,
    `.evil.example${PATH}`,
    `:80${PATH}`,
    'api/respond/contact/id:1',
    '?/api/respond/contact/id:1',
    '#/api/respond/contact/id:1',
    '*',
    '/',
    '//',
    '///',
    'javascript:1',
    'file:///etc/passwd',
    `${PATH}/../id:2`,
    `${PATH}%2f..%2fid:2`,
    '/api/respond/contact/id:2',
    '/api/respond/../../v2/contact/id:1',
    '/api/respond/..%2f..%2fv2/contact/id:1',
    `/%2e%2e${PATH}x`,
    `${PATH}\x00`,
    `${PATH} x`,
    `${PATH}\t`,
    `${PATH}\xff`,
    `${PATH}?x=1`,
    `${PATH}${'/x'.repeat(3000)}`,
    `/${'x'.repeat(20_000)}`,
  ]) {
    attack(`the target ${JSON.stringify(target).slice(0, 60)}`, 'refused', get(target));
  }
  for (const target of [`/x/..${PATH}`, `/%2e${PATH}`, '/api/respond/contact/id%3A1', `${PATH}#x`]) {
    attack(`the target ${target}, which leads where it may`, 'harmless', get(target));
  }

  for (const method of [
    'TRACE',
    'TRACK',
    'CONNECT',
    'get',
    'Get',
    'FOO',
    'PRI',
    'PROPFIND',
    'M-SEARCH',
    'PURGE',
    'DELETE',
    'G ET',
    '',
  ]) {
    attack(`the method ${method}`, 'refused', lines(`${method} ${PATH} HTTP/1.1`));
  }
  for (const version of ['HTTP/1.2', 'HTTP/11', 'http/1.1', 'HTTP/1.1x', 'XTTP/1.1', '']) {
    attack(`the version ${version}`, 'refused', lines(`GET ${PATH} ${version}`));
  }

  const chunked = (text) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
  for (const [name, request] of [
    ['a length and chunks', post([length(MESSAGE), 'Transfer-Encoding: chunked'], chunked(MESSAGE) + INNER)],
    ['chunks and a length', post(['Transfer-Encoding: chunked', length(MESSAGE)], chunked(MESSAGE) + INNER)],
    [
      'a length of nothing and chunks',
      post(['Content-Length: 0', 'Transfer-Encoding: chunked'], chunked(MESSAGE) + INNER),
    ],
    ['two lengths', post([length(MESSAGE), 'Content-Length: 0'], MESSAGE + INNER)],
    ['two equal lengths', post([length(MESSAGE), length(MESSAGE)], MESSAGE)],
    ['two lengths in one', post([`Content-Length: ${MESSAGE.length}, 0`], MESSAGE + INNER)],
    ['a length with a sign', post([`Content-Length: +${MESSAGE.length}`], MESSAGE)],
    ['a negative length', post(['Content-Length: -1'], MESSAGE)],
    ['a hexadecimal length', post(['Content-Length: 0x2b'], MESSAGE)],
    ['a length beyond all numbers', post([`Content-Length: ${'9'.repeat(30)}`], MESSAGE)],
    ['a length with a space inside', post(['Content-Length: 4 3'], MESSAGE)],
    ['a colon behind a space', post([`Content-Length : ${MESSAGE.length}`], MESSAGE)],
    ['a folded transfer encoding', post(['Transfer-Encoding:\r\n chunked', length(MESSAGE)], MESSAGE + INNER)],
    ['an encoding that is not known', post(['Transfer-Encoding: xchunked'], chunked(MESSAGE) + INNER)],
    ['chunked that is not the last', post(['Transfer-Encoding: chunked, identity'], chunked(MESSAGE) + INNER)],
    ['gzip and chunked', post(['Transfer-Encoding: gzip, chunked'], chunked('\x1f\x8b'))],
    ['an identity encoding', post(['Transfer-Encoding: identity', length(MESSAGE)], MESSAGE)],
    ['a tab before chunked and a length', post(['Transfer-Encoding:\tchunked', length(MESSAGE)], MESSAGE + INNER)],
    ['a chunk size that is no number', post(['Transfer-Encoding: chunked'], `zz\r\n${MESSAGE}\r\n0\r\n\r\n`)],
    ['a chunk size beyond all numbers', post(['Transfer-Encoding: chunked'], `${'f'.repeat(20)}\r\n${MESSAGE}`)],
    ['a negative chunk size', post(['Transfer-Encoding: chunked'], `-1\r\n${MESSAGE}\r\n0\r\n\r\n`)],
    ['a chunk that is too short', post(['Transfer-Encoding: chunked'], `1\r\n${MESSAGE}\r\n0\r\n\r\n`)],
    ['chunks that end in the middle', post(['Transfer-Encoding: chunked'], `ff\r\n${MESSAGE}`)],
    ['a body that is shorter than its length', post(['Content-Length: 100'], MESSAGE)],
    ['a body that is longer than its length', post(['Content-Length: 10'], MESSAGE)],
    ['a body that is too large', post(['Content-Length: 300000'], 'x'.repeat(300_000))],
    ['a body that says it is large', post(['Content-Length: 99999999999'], MESSAGE)],
    ['chunks that are too large', post(['Transfer-Encoding: chunked'], chunked('x'.repeat(300_000)))],
    ['a request within the body', post([length(INNER)], INNER)],
    ['no body and no length', post([], '')],
    ['a header with a line break', get(PATH, 'X-A: b\rc')],
    ['a header with a NUL', get(PATH, 'X-A: b\0c')],
    ['a header without a name', get(PATH, ': x')],
    ['a header without a colon', get(PATH, 'evil')],
    ['a header whose name has a space', get(PATH, 'X A: b')],
    ['a header that is folded', get(PATH, 'X-A: b\r\n c')],
    ['headers beyond the limit', get(PATH, `X-A: ${'x'.repeat(100_000)}`)],
    ['too many headers', get(PATH, ...Array.from({ length: 5000 }, (_, i) => `X-${i}: y`))],
    ['two hosts', get(PATH, 'Host: evil.example', 'Origin: http://evil.example')],
    [
      'the host of a foreign origin',
      `GET ${PATH} HTTP/1.1\r\nHost: evil.example\r\n${SESSION}\r\nOrigin: http://evil.example\r\n\r\n`,
    ],
    ['no host', `GET ${PATH} HTTP/1.1\r\n${SESSION}\r\n\r\n`],
    ['a content type given twice', post([length(MESSAGE), 'Content-Type: text/plain'], MESSAGE)],
    ['an origin given twice', get(PATH, `Origin: ${ORIGIN}`, 'Origin: https://evil.example')],
    ['a foreign origin', get(PATH, 'Origin: https://evil.example')],
    ['a session in another header', `GET ${PATH} HTTP/1.1\r\n${HOST}\r\nX-${SESSION}\r\nConnection: close\r\n\r\n`],
    ['garbage', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['empty lines only', '\r\n\r\n\r\n'],
    [
      'a form of another site',
      lines(
        `POST ${PATH}/message HTTP/1.1`,
        ['Content-Type: text/plain', 'Origin: https://evil.example', length(MESSAGE)],
        MESSAGE,
      ),
    ],
  ]) {
    attack(name, 'refused', request);
  }

  for (const [name, request] of [
    ['a second request behind the first, which closes', get(PATH) + INNER],
    ['a second request that is refused', get(PATH).replace('Connection: close\r\n', '') + INNER],
    ['a body of a GET', get(PATH, length(INNER)) + INNER],
    ['a request behind chunks', post(['Transfer-Encoding: chunked'], chunked(MESSAGE) + INNER)],
    ['a request behind a message', post([length(MESSAGE)], MESSAGE + INNER)],
    [
      'chunks with extensions',
      post(['Transfer-Encoding: chunked'], `2b;x=${'y'.repeat(50)}\r\n${MESSAGE}\r\n0\r\n\r\n`),
    ],
    [
      'chunks with trailers',
      post(
        ['Transfer-Encoding: chunked', 'Trailer: authorization'],
        `2b\r\n${MESSAGE}\r\n0\r\nAuthorization: Bearer evil\r\n\r\n`,
      ),
    ],
    ['a bare line feed in front', `\r\n${get(PATH)}`],
    ['an expectation', post([length(MESSAGE), 'Expect: 100-continue'], MESSAGE)],
    ['an upgrade', get(PATH, 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA')],
    ['hop-by-hop headers', get(PATH, 'Connection: cookie, authorization', 'Keep-Alive: timeout=1')],
    ['an authorization', get(PATH, 'Authorization: Bearer evil', 'Authorization: Bearer evil2')],
    ['a host of another site', `GET ${PATH} HTTP/1.1\r\nHost: evil.example\r\n${SESSION}\r\nConnection: close\r\n\r\n`],
    ['HTTP/0.9 in name', get(PATH).replace('HTTP/1.1', 'HTTP/0.9')],
    ['HTTP/2.0 in name', get(PATH).replace('HTTP/1.1', 'HTTP/2.0')],
    ['HTTP/1.0', `GET ${PATH} HTTP/1.0\r\n${SESSION}\r\n\r\n`],
    ['parts of a request line', [`GET ${PATH}`, ' HTTP/1.1\r', `\n${HOST}\r\n`, `${SESSION}\r\n\r\n`]],
    ['Latin-1 in a header', get(PATH, 'X-A: \xff\xfe')],
  ]) {
    attack(name, 'harmless', request);
  }

  test(`${surface.name}: the server is as well as before, and so are its connections`, async () => {
    const { status, bytes } = await exchange([get(PATH).replace('Connection: close\r\n', ''), get(PATH)]);
    assert.equal(status, 200);
    assert.equal(bytes.match(/^HTTP\/1\.1 200/gm).length, 2);
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });
}

after(() => console.log(`attacks by bytes: ${cases}, refused ${figures.refused}, harmless ${figures.harmless}`));
