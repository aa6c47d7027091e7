// A program that is written against the vendor's SDK compiles against `/live` and runs with it, unchanged but for the
// name of the package.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';
import { ROOT } from '../../scripts/root.mjs';
import { CALLS } from '../js/live-operations.mjs';
import { compile, mistakes, sources } from './compiler.mjs';

const VENDOR = '@respond-io/typescript-sdk';
const [[path, text]] = sources('vendor');

test('it compiles', () => {
  const paths = { [VENDOR]: [`${ROOT}/pkg/types/live/main.d.ts`] };
  assert.deepEqual(mistakes(compile(new Map([[path, text]]), { paths })), []);
});

test('it calls every method', () => {
  for (const { resource, method } of CALLS) assert.ok(text.includes(`client.${resource}.${method}(`), method);
});

test('it runs', async () => {
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(text.replace(VENDOR, import.meta.resolve('respond-io-wasm/live')), {
    compilerOptions: options,
  });
  const { program } = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
  const config = { apiToken: 'token', baseUrl: 'https://example.test/v2', maxRetries: 3, timeout: 30_000 };
  const real = globalThis.fetch;
  globalThis.fetch = answer;
  try {
    assert.deepEqual(await program({ ...config, rateLimit: false }), [
      'created: Done',
      'AIDA since 2022',
      'nobody',
      'no email',
      '1 Aida',
      'https://api.respond.io/v2/a?cursorId=9',
      'whatsapp_cloud',
      'Done',
      ...Array(6).fill('outgoing text'),
      '1 messages',
      '{{@user.5}}',
      'no team',
      'mei@example.com',
      'text',
      'Resolved',
      'WhatsApp: en',
      'Done',
      'deleted 1',
      '404 404 true,false,false,false false',
      '3 left, no wait',
      'statusCode,code,message,rateLimitInfo',
    ]);
  } finally {
    globalThis.fetch = real;
  }
});

/** Answers a request as the table of operations does, whatever its arguments are. */
async function answer(url, { method }) {
  const route = (name, target) =>
    `${name} ${target.replace(/\?.*/, '').replace(/(id|email|phone):[^/]+|\b\d+\b/g, '*')}`;
  const target = url.replace('https://example.test/v2', '');
  if (target === '/contact/id:404') {
    const headers = { 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '3' };
    return Response.json({ code: 404, message: 'Contact not found' }, { status: 404, headers });
  }
  const found = CALLS.find(({ request }) => route(request[0], request[1]) === route(method, target));
  return Response.json(found.answer);
}
