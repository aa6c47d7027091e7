import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { format, parse } from '../../examples/live/csv.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { freeAddress } from '../../scripts/sandbox-server.mjs';
import { runExample } from './support.mjs';

const KEY = 'whsec_0123456789abcdef';
const HEADING = 'firstName,lastName,email,phone';
const NAMES = ['Aïda', 'Мария', '李小龍', '"Zoë ""Z"" Øst"', '"Two\r\nlines"', '=Nguyễn'];

/** Serves a sandbox with a webhook to where the program listens; `use` gets what runs the program over some lines. */
async function campaign(lines, use) {
  const address = await freeAddress();
  const folder = mkdtempSync(join(tmpdir(), 'campaign-'));
  const [source, target] = ['contacts.csv', 'result.csv'].map((name) => join(folder, name));
  writeFileSync(source, `\uFEFF${[HEADING, ...lines].join('\r\n')}\r\n`);
  const server = await serveSandbox({ port: 0, surface: 'live', rateLimit: false });
  const { sandbox, url } = server;
  const webhook = sandbox.webhooks.add({ url: `http://${address}/`, key: KEY, events: ['message.sent'] });
  const env = {
    RESPOND_IO_TOKEN: 'sandbox',
    RESPOND_IO_BASE_URL: `${url}/v2`,
    WEBHOOK_KEY: KEY,
    WEBHOOK_PORT: new URL(`http://${address}`).port,
    REQUESTS_PER_SECOND: '1000',
    QUIET_SECONDS: '1',
  };
  const program = ['examples/live/campaign.mjs', source, target];
  const sends = () => sandbox.journal().filter(({ operation, acted }) => operation === 'sendMessage' && acted);
  const result = () => parse(readFileSync(target, 'utf8'));
  const run = () => runExample(process.execPath, program, env);
  const start = () => spawn(process.execPath, program, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'ignore' });
  try {
    await use({ run, start, sandbox, webhook, sends, result, source });
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

/** A line of the file for each number. */
function lines(count) {
  return Array.from(
    { length: count },
    (_, n) => `${NAMES[n % NAMES.length]},"Rahman, ${n}",aida${n}@example.com,+6012${1_000_000 + n}`,
  );
}

test('500 rows are imported, tagged, sent a template each, watched and reported; a second run does nothing twice', async () => {
  const rows = lines(500);
  rows[10] = 'Aida,No address,not-an-email,+60121000010';
  rows[20] = 'Aida,Once more,AIDA19@example.com,+60121000019';
  rows[30] = 'Aida,Of another,aida30@example.com,+60121000029';
  rows[40] = 'Aida,Without an email,,+60121000040';
  rows[50] = '';
  await campaign(rows, async ({ run, sandbox, sends, result, source }) => {
    const first = await run();
    assert.equal(first.code, 1, 'some rows were refused');
    for (const name of ['import', 'tag', 'send']) {
      assert.match(first.output, new RegExp(`${name}: 496 done, 3 refused, 0 unknown, 0 to go`));
    }
    assert.match(first.output, /496 messages sent, 496 of them told by webhooks, 499 rows written/);
    assert.equal(sandbox.webhooks.deliveries().filter(({ status }) => status === 200).length, 496);

    assert.equal(sends().length, 496);
    assert.equal(new Set(sends().map(({ url }) => url)).size, 496, 'no contact gets two');
    const written = result();
    assert.equal(written.length, 499);
    const { id, messageId, ...seventh } = written[7];
    assert.ok(id > 0 && messageId > 0);
    assert.deepEqual(seventh, {
      line: 10,
      firstName: 'Мария',
      lastName: 'Rahman, 7',
      email: 'aida7@example.com',
      phone: '+60121000007',
      status: 'told',
      why: '',
    });
    assert.equal(written[3].firstName, 'Zoë "Z" Øst');
    assert.equal(written[4].firstName, 'Two\r\nlines');
    assert.equal(written[5].firstName, "'=Nguyễn", 'a spreadsheet takes it for no formula');
    assert.match(written[10].why, /^import: createOrUpdateContact: identifier/);
    assert.match(written[20].why, /^import: it is the contact of line 23$/);
    assert.match(written[30].why, /^import: createOrUpdateContact was answered with 409/);
    assert.equal(written[40].status, 'told');

    const before = sandbox.journal().filter(({ acted, method }) => acted && method !== 'GET').length;
    const second = await run();
    assert.match(second.output, /send: 496 done/);
    assert.deepEqual(result(), written);
    const again = sandbox
      .journal()
      .filter(({ acted, method }) => acted && method !== 'GET')
      .slice(before);
    assert.ok(
      again.every(({ operation }) => operation === 'listContacts'),
      'nothing but reading',
    );

    writeFileSync(source, `${HEADING}\n${rows.slice(1).join('\n')}\n`);
    const third = await run();
    assert.equal(third.code, 1);
    assert.match(third.output, /contacts\.csv has changed/);
    assert.equal(sends().length, 496);
  });
});

test('a program that is killed while it sends goes on: each contact has one message, and none is missing', async () => {
  await campaign(lines(120), async ({ run, start, sandbox, webhook, sends, result }) => {
    // Those under way at the end have arrived, and their answers have not.
    const slow = sandbox.faults.add({ operation: 'sendMessage', kind: { type: 'delay', ms: 400 } });
    const killed = start();
    while (sends().length < 35) await wait(20);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await sandbox.webhooks.settled();
    sandbox.faults.clear(slow);
    const reached = sends().length;
    assert.ok(reached >= 35 && reached < 120);
    if (!sandbox.webhooks.list()[0].enabled) sandbox.webhooks.enable(webhook.id);

    const { code, output } = await run();
    assert.equal(code, 0, output);
    assert.match(output, /send: 120 done, 0 refused, 0 unknown, 0 to go/);
    assert.equal(sends().length, 120);
    assert.equal(new Set(sends().map(({ url }) => url)).size, 120, 'no contact gets two');
    const written = result();
    assert.equal(written.filter(({ messageId }) => messageId > 0).length, 120);
    assert.ok(written.every(({ status }) => ['told', 'pending', 'sent', 'delivered', 'read'].includes(status)));
    assert.ok(
      written.some(({ status }) => status !== 'told'),
      'what came while it was down is asked for',
    );
  });
});

test('a CSV is read as spreadsheets write it', () => {
  const text = '\uFEFFa,b\r\n"1, ""one""","two\nlines"\r\n\r\n,\r\n3\n4,5,6';
  assert.deepEqual(parse(text), [
    { line: 2, a: '1, "one"', b: 'two\nlines' },
    { line: 6, a: '3', b: '' },
    { line: 7, a: '4', b: '5' },
  ]);
  assert.deepEqual(parse(''), []);
  assert.throws(() => parse('a,b\n1,2\n1,"2'), { message: 'line 3: a quote is where none may be' });
  assert.equal(format([['a"b', 'c,d', undefined, '=1', '+60121', '+1+1']]), `"a""b","c,d",,'=1,+60121,'+1+1\n`);
});
