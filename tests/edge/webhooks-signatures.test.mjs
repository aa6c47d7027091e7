import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { verifyWebhook } from 'respond-io-wasm/webhooks';
import { delivery, KEY, refusalOf, sign, signedByOthers } from './deliveries.mjs';
import { reserialized } from './make-reserialized.mjs';

const BODY = '{ "event_type": "message.received", "event_id": "e1", "contact": { "id": 1.0, "firstName": "Aïda" } }';
const WRITTEN = JSON.stringify(JSON.parse(BODY));
const keys = [KEY];

const reasonOf = async (request, options = { keys }) => (await refusalOf(verifyWebhook(request, options))).reason;

/** A delivery with a raw header, which may be none that HTTP permits; undefined then. */
function signedAs(signature, body = BODY) {
  try {
    return delivery(body, { signature });
  } catch {
    return undefined;
  }
}

for (const { name, key, body, signature, kind } of signedByOthers()) {
  test(`signed by Python and openssl: ${name}`, async () => {
    const request = () => delivery(body, { signature });
    if (kind === 'refused') assert.equal(await reasonOf(request(), { keys: key }), 'body');
    else assert.equal((await verifyWebhook(request(), { keys: key })).kind, kind);
    assert.equal(await reasonOf(request(), { keys: `${key}.` }), 'signature_mismatch');
  });
}

test('signed by the openssl of this machine', async () => {
  for (const { name, key, body } of signedByOthers()) {
    const hexKey = Buffer.from(key).toString('hex');
    const args = ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${hexKey}`, '-binary'];
    const signature = execFileSync('openssl', args, { input: body }).toString('base64');
    const result = await verifyWebhook(delivery(body, { signature }), { keys: key }).catch((error) => error);
    assert.ok(result.kind ?? result.reason === 'body', `${name}: ${result.reason}`);
  }
});

test('any flipped bit of the body is refused', async () => {
  const bytes = Buffer.from(BODY);
  for (const acceptReserialized of [false, true]) {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const body = Buffer.from(bytes);
      body[bit >> 3] ^= 1 << (bit & 7);
      assert.equal(
        await reasonOf(delivery(bytes, { body }), { keys, acceptReserialized }),
        'signature_mismatch',
        `${bit}`,
      );
    }
  }
});

test('any flipped bit of the signature is refused', async () => {
  const right = sign(BODY);
  let refused = 0;
  for (let bit = 0; bit < right.length * 8; bit++) {
    const bytes = Buffer.from(right, 'latin1');
    bytes[bit >> 3] ^= 1 << (bit & 7);
    const request = signedAs(bytes.toString('latin1'));
    if (!request) continue;
    assert.match(await reasonOf(request), /^signature_(mismatch|malformed)$/, `${bit}`);
    refused += 1;
  }
  assert.ok(refused > 200);
});

test('a body that lost, gained or changed anything is refused', async () => {
  const tampered = {
    'the last byte is gone': BODY.slice(0, -1),
    'the first byte is gone': BODY.slice(1),
    'a space more': `${BODY} `,
    'a line break more': `${BODY}\n`,
    'a byte order mark more': `\ufeff${BODY}`,
    'white space less': WRITTEN,
    'another number': BODY.replace('1.0', '2.0'),
    'the same number': BODY.replace('1.0', '1'),
    'an escape for a character': BODY.replace('ï', '\\u00ef'),
    'another form of a character': BODY.normalize('NFD'),
    'another case': BODY.replace('message', 'Message'),
    'another field': BODY.replace('{', '{"a":1,'),
    'fields in another order': '{ "event_id": "e1", "event_type": "message.received" }',
    nothing: '',
  };
  for (const [name, body] of Object.entries(tampered)) {
    assert.notEqual(body, BODY, name);
    assert.equal(await reasonOf(delivery(BODY, { body })), 'signature_mismatch', name);
  }
});

test('any of several keys is right', async () => {
  const several = ['first', KEY, 'third'];
  for (const key of several) assert.equal((await verifyWebhook(delivery(BODY, { key }), { keys: several })).id, 'e1');
  assert.equal(await reasonOf(delivery(BODY, { key: 'fourth' }), { keys: several }), 'signature_mismatch');
});

test('a signature is the padded base64 of 32 bytes, once', async () => {
  // One with both characters in which the alphabets differ.
  const body = Array.from({ length: 1000 }, (_, n) => `{"n":${n}}`).find((text) => /\+.*\/|\/.*\+/.test(sign(text)));
  const right = sign(body);
  const bytes = Buffer.from(right, 'base64');
  assert.equal((await verifyWebhook(signedAs(right, body), { keys })).kind, 'test');
  assert.equal((await verifyWebhook(signedAs(` ${right}\t`, body), { keys })).kind, 'test');
  assert.equal(await reasonOf(delivery(body, { signature: null })), 'signature_missing');
  const twice = delivery(body);
  twice.headers.append('x-webhook-signature', right);
  const message = (await refusalOf(verifyWebhook(twice, { keys }))).message;
  assert.match(message, /must be there once/);
  const wrong = {
    nothing: '',
    'no padding': right.replace('=', ''),
    'more padding': `${right}=`,
    twice: `${right}${right}`,
    'a space within': `${right.slice(0, 20)} ${right.slice(20)}`,
    'a prefix': `sha256=${right}`,
    'the alphabet of URLs': bytes.toString('base64url'),
    'that with padding': right.replaceAll('+', '-').replaceAll('/', '_'),
    '31 bytes': bytes.subarray(1).toString('base64'),
    '33 bytes': Buffer.concat([bytes, Buffer.of(0)]).toString('base64'),
    'bits that nobody reads': right.replace(/.=$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=`),
    hexadecimal: bytes.toString('hex'),
    'beyond ASCII': 'é'.repeat(44),
  };
  for (const [name, signature] of Object.entries(wrong)) {
    assert.equal(await reasonOf(signedAs(signature, body)), 'signature_malformed', name);
  }
});

test('a signature of the body as it would be written again counts on request alone', async () => {
  const signature = sign(WRITTEN);
  const request = (body = BODY) => delivery(body, { signature });
  const lenient = { keys: ['first', KEY], acceptReserialized: true };
  assert.equal(await reasonOf(request()), 'signature_mismatch');
  assert.equal((await verifyWebhook(request(), lenient)).id, 'e1');
  assert.equal((await verifyWebhook(delivery(BODY), lenient)).id, 'e1');
  for (const body of [
    '{',
    '',
    BODY.replace('Aïda', 'Aida'),
    Buffer.from([0xff]),
    `${'['.repeat(101)}${']'.repeat(101)}`,
  ]) {
    assert.equal(await reasonOf(request(body), lenient), 'signature_mismatch');
  }
});

test('the table of what JavaScript writes again, which the Rust verifier is held to, is fresh', async () => {
  const table = JSON.parse(readFileSync(new URL('reserialized.json', import.meta.url), 'utf8'));
  assert.deepEqual(table, reserialized());
  const lenient = { keys, acceptReserialized: true };
  for (const [text, written] of table.filter(([, written]) => written?.startsWith('{'))) {
    assert.ok(await verifyWebhook(delivery(text, { signature: sign(written) }), lenient), text);
  }
});
