// A program that is written against the vendor's SDK compiles against `/live` and runs with it, unchanged but for the
// name of the package.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RespondIO } from 'respond-io-wasm/live';
import { createSandbox } from 'respond-io-wasm/sandbox';
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
  const config = { apiToken: 'token', baseUrl: 'https://example.test/v2', maxRetries: 3, timeout: 30_000 };
  assert.deepEqual(await run(answer, config), [
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
});

test('it runs against the sandbox, which has the live surface where the vendor has it', async () => {
  const rateLimit = { limit: 100, windowMs: 1000 };
  const sandbox = await createSandbox({ surface: 'live', rateLimit, freezeAt: Date.UTC(2026, 0, 1) });
  const { space } = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch });
  for (const field of [
    { name: 'Plan', dataType: 'text' },
    { name: 'Seats', dataType: 'number' },
    { name: 'Trial', dataType: 'checkbox' },
  ]) {
    await space.createCustomField(field);
  }
  const config = { apiToken: 'sandbox', maxRetries: 0, responseValidation: 'throw' };
  assert.deepEqual(await run(sandbox.fetch, config), [
    'created: The contact was created',
    'MEI since 2026',
    'nobody',
    'mei@example.com',
    '1 Mei',
    'the end',
    'The lifecycle was updated',
    ...['whatsapp_template', 'text', 'attachment', 'quick_reply', 'custom_payload', 'email'].map(
      (type) => `outgoing ${type}`,
    ),
    '5 messages',
    'Ask {{@user.5}}',
    'no team',
    'mei@example.com',
    'list',
    ...['Resolved', 'Sale', 'No answer', 'Spam'],
    ...['WhatsApp: en', 'Email: ', 'Telegram: ', 'SMS: '],
    'The tag was deleted',
    'deleted 1',
    '404 404 true,false,false,false false',
    '80 left, no wait',
    'statusCode,code,message,rateLimitInfo',
  ]);
});

/** What the program says that is compiled for `/live`, where `fetch` is the network. */
async function run(fetch, config) {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const source = text.replace(VENDOR, import.meta.resolve('respond-io-wasm/live'));
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  const { program } = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
  const real = globalThis.fetch;
  globalThis.fetch = fetch;
  try {
    return await program({ ...config, rateLimit: false });
  } finally {
    globalThis.fetch = real;
  }
}

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
