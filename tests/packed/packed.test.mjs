import assert from 'node:assert/strict';
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT } from '../../scripts/root.mjs';
import { run } from '../../scripts/run.mjs';
import { installPacked } from './install.mjs';

let app;

before(async () => {
  app = await installPacked();
});

after(() => app?.remove());

for (const readme of ['README.md', 'pkg-template/README.md']) {
  test(`the six lines of ${readme} print what it says, with nothing but the tarball`, async () => {
    const text = readFileSync(join(ROOT, readme), 'utf8');
    const [, program, printed] = /^## Six lines.*?^```js\n(.*?)^```\n\n```text\n(.*?)^```$/ms.exec(text);
    assert.equal(program.trimEnd().split('\n').length, 6);
    writeFileSync(join(app.folder, 'six-lines.js'), program);
    const { code, stdout, output } = await inApp(process.execPath, ['six-lines.js']);
    assert.equal(code, 0, output);
    assert.equal(stdout, printed);
  });
}

test('the tarball holds what users need and nothing else', () => {
  const modules = ['engine.browser.wasm', 'engine.wasm', 'live.browser.wasm', 'live.wasm', 'sandbox.wasm'];
  const texts = ['CHANGELOG.md', 'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'package.json'];
  const isChunk = (file) => /^chunk-[A-Z0-9]+\.js$/.test(file);
  const isType = (file) => /^types\/[\w/.-]+\.d\.ts$/.test(file);
  const expected = new Set([...texts, ...modules, ...named().filter((file) => !isType(file))]);
  const rest = app.files.filter((file) => !isChunk(file) && !isType(file));
  assert.deepEqual(rest, [...expected].sort());
});

test('every file that the exports map names is there', () => {
  for (const path of named()) assert.ok(app.files.includes(path), path);
  assert.equal(manifest().dependencies, undefined);
});

function manifest() {
  return JSON.parse(readFileSync(join(app.folder, 'node_modules/respond-io-wasm/package.json'), 'utf8'));
}

/** The files that the manifest names. */
function named() {
  const { exports, bin } = manifest();
  const paths = [...Object.values(exports), bin].flatMap((entry) =>
    typeof entry === 'string' ? entry : Object.values(entry),
  );
  return paths.map((path) => path.replace('./', ''));
}

test('what the manifest gives as a program may be run', () => {
  for (const path of Object.values(manifest().bin)) accessSync(join(ROOT, 'pkg', path), constants.X_OK);
});

test('npx respond-io-sandbox says how it is used', async () => {
  const { code, stdout, output } = await inApp('npx', ['--offline', 'respond-io-sandbox', '--help']);
  assert.equal(code, 0, output);
  assert.match(stdout, /--port <number>/);
});

test('a strict TypeScript program compiles against it, its declarations checked as well', async () => {
  const program = `
import { type Contact, NotFoundError, RespondIO } from 'respond-io-wasm';
import { createSandbox, type Sandbox } from 'respond-io-wasm/sandbox';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';

const sandbox: Sandbox = await createSandbox({ seed: { count: 1 } });
const client = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch });
const contact: Contact = await client.contacts.get('id:1');
await client.messaging.send({ id: contact.id ?? 1 }, { message: { type: 'text', text: 'Hello!' } });
export const isMissing = (error: unknown): boolean => error instanceof NotFoundError;
await (await serveSandbox({ port: 0 })).close();
`;
  writeFileSync(join(app.folder, 'program.ts'), program);
  const lib = ['--target', 'es2022', '--lib', 'es2022,dom,dom.iterable,dom.asynciterable'];
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--noEmit'];
  const args = [join(ROOT, 'node_modules/typescript/bin/tsc'), ...strict, ...lib, '--module', 'nodenext', 'program.ts'];
  const { code, output } = await inApp(process.execPath, args);
  assert.equal(code, 0, output);
});

function inApp(program, args) {
  return run(program, args, { cwd: app.folder, quiet: true, minutes: 5 });
}
