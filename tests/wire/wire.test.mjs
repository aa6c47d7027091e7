// How often one call reaches the service, and which errors prove that it did not, in each runtime that is a program.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/root.mjs';
import { freeAddress } from '../../scripts/sandbox-server.mjs';
import { serveCounting } from './counting-server.mjs';

const HOST = join(ROOT, 'tests/wire/host.mjs');
const ENTRY = `file://${join(ROOT, 'pkg/index.node.js')}`;
/** How each runtime runs a program, and how often its plain fetch sends a POST whose reused connection is reset. */
const RUNTIMES = {
  node: { command: [process.execPath], plain: 1 },
  deno: { command: [join(ROOT, 'node_modules/.bin/deno'), 'run', '--quiet', '--allow-all'], plain: 2 },
};
/** How a connection may end after the request has arrived, and what is known then. */
const ENDS = { reset: 'unknown', close: 'unknown', half: 'applied', hold: 'unknown' };

let server;
before(async () => {
  server = await serveCounting();
});
after(() => server.close());

for (const [name, { command, plain }] of Object.entries(RUNTIMES)) {
  test(`${name}: a message arrives once, however its connection ends`, async () => {
    const ends = Object.entries(ENDS);
    const marker = (end, way) => `${end}-${name}${way}`;
    const markers = [...ends.map(([end]) => marker(end, 'ours')), marker('reset', 'plain')];
    const results = await run(command, server.url, markers);
    for (const [end, outcome] of ends) {
      const { error, ...known } = results[marker(end, 'ours')];
      assert.notEqual(error, null, end);
      assert.deepEqual(known, { outcome, attempts: 1 }, end);
      assert.equal(server.count(marker(end, 'ours')), 1, end);
    }
    const arrived = server.count(marker('reset', 'plain'));
    console.log(`${name}: reset on a reused connection: plain fetch ${arrived}, this package 1`);
    assert.equal(arrived, plain, 'docs/delivery.md gives another number');
  });

  test(`${name}: no connection is proof that nothing was sent`, async () => {
    const refusing = `http://${await freeAddress()}`;
    for (const address of [refusing, 'https://no-such-host.invalid']) {
      const [command1, ...args] = command;
      const script = `
        const { RespondIO } = await import('${ENTRY}');
        const client = new RespondIO({ apiToken: 'token', baseUrl: '${address}', maxRetries: 1, logLevel: 'off' });
        const send = client.messaging.send('id:1', { message: { type: 'text', text: 'Hello!' } });
        console.log(JSON.stringify(await send.catch(({ name, outcome, attempts }) => ({ name, outcome, attempts }))));
      `;
      const evaluate = args.length ? ['eval', '--quiet', script] : ['--input-type=module', '--eval', script];
      const { stdout } = await promisify(execFile)(command1, evaluate, { timeout: 60_000 });
      assert.deepEqual(JSON.parse(stdout), { name: 'ConnectionError', outcome: 'not_sent', attempts: 2 }, address);
    }
  });
}

async function run([program, ...flags], url, markers) {
  const { stdout } = await promisify(execFile)(program, [...flags, HOST, ENTRY, url, ...markers], { timeout: 60_000 });
  return JSON.parse(stdout);
}
