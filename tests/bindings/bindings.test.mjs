// `wasm-pack build --features bindings`: the module that somebody builds around the Rust client.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { operations } = JSON.parse(run('cargo', ['run', '-q', '-p', 'xtask', '--', 'describe']));

const PROGRAM = `import init, { type Contact, RespondIO } from './respond_io_wasm.js';
await init();
const client = new RespondIO({ apiToken: 'token' });
const contact: Contact = await client.getContact({ email: 'a@b.c' });
const name: string | null | undefined = contact.firstName;
const nothing: void = await client.assignConversation('id:1', { assignee: null });
// @ts-expect-error: an identifier has a prefix.
await client.getContact('1');
// @ts-expect-error: a text has no template.
await client.sendMessage('id:1', { message: { type: 'text', text: 'a', template: {} } });
export { name, nothing };
`;

let folder;
let library;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'respond-io-bindings-'));
  run('wasm-pack', ['build', '--release', '--target', 'web', '--out-dir', folder, '.', '--features', 'bindings']);
  library = await import(join(folder, 'respond_io_wasm.js'));
  library.initSync({ module: readFileSync(join(folder, 'respond_io_wasm_bg.wasm')) });
});

after(() => rmSync(folder, { recursive: true, force: true }));

test('the class has an async method for every operation, and the .d.ts declares each', () => {
  const types = readFileSync(join(folder, 'respond_io_wasm.d.ts'), 'utf8');
  for (const { id } of operations) {
    assert.equal(typeof library.RespondIO.prototype[id], 'function', id);
    assert.match(types, new RegExp(`^ +${id}\\(.*\\): Promise<.+>;$`, 'm'));
  }
});

test('the types accept what is right and refuse what is wrong', () => {
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
  const options = [
    '--strict',
    '--noEmit',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--lib',
    'es2022,dom,esnext.disposable',
  ];
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...options, join(folder, 'program.ts')]);
});

test('the class speaks to the sandbox, and its errors say what happened', async () => {
  const server = await serveSandbox({ port: 0 });
  try {
    const client = new library.RespondIO({ apiToken: 'sandbox', baseUrl: `${server.url}/v2` });
    const { id } = await client.createContact({ firstName: 'Aïda' });
    assert.equal((await client.getContact({ id })).firstName, 'Aïda');
    await assert.rejects(client.getContact('id:9'), {
      name: 'NotFoundError',
      statusCode: 404,
      operation: 'getContact',
    });
    await assert.rejects(client.createContact({ firstName: Number.NaN }), {
      name: 'ValidationError',
      path: 'contact.firstName',
    });
  } finally {
    await server.close();
  }
});

function run(command, args) {
  try {
    return execFileSync(command, args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    throw new Error(`${command} failed: ${error.message}\n${error.stdout}`);
  }
}
