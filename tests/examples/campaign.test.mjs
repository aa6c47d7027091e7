import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { freeAddress } from '../../scripts/sandbox-server.mjs';
import { runExample } from './support.mjs';

const KEY = 'whsec_0123456789abcdef';

test('500 contacts are imported, tagged, sent a template each, watched and exported; a second run sends nothing', async () => {
  const address = await freeAddress();
  const folder = mkdtempSync(join(tmpdir(), 'campaign-'));
  const [source, target] = ['contacts.csv', 'result.csv'].map((name) => join(folder, name));
  const rows = Array.from({ length: 500 }, (_, n) => `Aida,"Rahman, ${n}",aida${n}@example.com,+6012${1_000_000 + n}`);
  writeFileSync(source, `firstName,lastName,email,phone\n${rows.join('\n')}\n`);
  const server = await serveSandbox({ port: 0, surface: 'live', rateLimit: false });
  try {
    const { sandbox, url } = server;
    sandbox.webhooks.add({ url: `http://${address}/`, key: KEY, events: ['message.sent'] });
    const env = {
      RESPOND_IO_TOKEN: 'sandbox',
      RESPOND_IO_BASE_URL: `${url}/v2`,
      WEBHOOK_KEY: KEY,
      WEBHOOK_PORT: new URL(`http://${address}`).port,
      REQUESTS_PER_SECOND: '1000',
    };
    const program = ['examples/live/campaign.mjs', source, target];
    const first = await runExample(process.execPath, program, env);
    assert.equal(first.code, 0, first.output);
    for (const name of ['import', 'tag', 'send']) {
      assert.match(first.output, new RegExp(`${name}: 500 done, 0 refused, 0 unknown, 0 to go`));
    }
    assert.match(first.output, /500 contacts exported, \d+ sends seen by the webhook/);
    await sandbox.webhooks.settled();
    const told = sandbox.webhooks.deliveries().filter(({ status }) => status === 200);
    assert.equal(told.length, 500);

    const sends = () => sandbox.journal().filter(({ operation, acted }) => operation === 'sendMessage' && acted).length;
    assert.equal(sends(), 500);
    const [heading, ...exported] = readFileSync(target, 'utf8').trim().split('\n');
    assert.equal(heading, 'id,firstName,lastName,email');
    assert.equal(exported.length, 500);
    assert.match(exported[7], /^\d+,Aida,"Rahman, 7",aida7@example\.com$/);

    const second = await runExample(process.execPath, program, env);
    assert.equal(second.code, 0, second.output);
    assert.equal(sends(), 500, 'nobody gets it twice');
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
});
