import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { barLine, ProgressBar } from '../../examples/node/progress-bar.mjs';
import { ROOT } from '../../scripts/root.mjs';
import { runExample, serveSeeded } from './support.mjs';

const TEXT = 'We are open on Sunday.';
const folder = mkdtempSync(join(tmpdir(), 'respond-io-bulk-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('the bulk example', () => {
  test('every contact gets the text once, those that were refused with the next run', async () => {
    await serveReachable(12, async ({ env, sandbox }) => {
      const file = join(folder, 'whole.json');
      sandbox.faults.add({ operation: 'sendMessage', count: 1, kind: { type: 'status', status: 400, message: 'No.' } });
      sandbox.faults.add({ operation: 'sendMessage', count: 1, kind: { type: 'reset_after' } });
      const first = await runExample(process.execPath, ['examples/node/bulk.mjs', TEXT, file], env);
      assert.equal(first.code, 1, first.output);
      assert.match(first.stdout, /^10 sent, 1 refused, 1 unknown, 0 to go\n/);
      assert.match(first.stdout, /^id:1 rejected: .*No\.$/m);
      assert.match(first.stdout, /^id:2 unknown: sendMessage lost its connection/m);
      assert.match(first.output, /^0 % {2}0 of 12\n(.*\n)*100 % {2}12 of 12 .* 1 refused {2}1 unknown\n/);

      const second = await runExample(process.execPath, ['examples/node/bulk.mjs', TEXT, file], env);
      assert.equal(second.code, 1, second.output);
      assert.equal(second.stdout, '11 sent, 0 refused, 1 unknown, 0 to go\nid:2 unknown: in an earlier run\n');
      assert.deepEqual(timesSent(sandbox), Array(12).fill(1));
    });
  });

  test('Ctrl-C stops it cleanly, and the same command goes on', async () => {
    await serveReachable(20, async ({ env, sandbox }) => {
      const file = join(folder, 'stopped.json');
      const first = await interrupted(file, env, sandbox, 'SIGINT');
      assert.equal(first.code, 130, first.output);
      const [, sent, toGo] = first.output.match(/^(\d+) sent, 0 refused, 0 unknown, (\d+) to go$/m).map(Number);
      assert.ok(toGo > 0 && sent + toGo === 20, first.output);
      assert.equal(timesSent(sandbox).filter((times) => times === 1).length, sent);

      const second = await runExample(process.execPath, ['examples/node/bulk.mjs', TEXT, file], env);
      assert.equal(second.stdout, '20 sent, 0 refused, 0 unknown, 0 to go\n');
      assert.equal(second.code, 0, second.output);
      assert.deepEqual(timesSent(sandbox), Array(20).fill(1));
    });
  });

  test('a killed program has sent nothing twice when the same command has gone on', async () => {
    await serveReachable(36, async ({ env, sandbox }) => {
      const file = join(folder, 'killed.json');
      for (let deaths = 0; deaths < 2; deaths++) {
        const { code } = await interrupted(file, env, sandbox, 'SIGKILL');
        assert.equal(code, null);
      }
      const last = await runExample(process.execPath, ['examples/node/bulk.mjs', TEXT, file], env);
      assert.match(last.stdout, /^\d+ sent, 0 refused, \d+ unknown, 0 to go$/m, last.output);
      checkOnce(sandbox, last.stdout);
    });
  });

  test('a list of another text is left alone, and so is a token that is refused', async () => {
    await serveReachable(3, async ({ env, sandbox }) => {
      const file = join(folder, 'other.json');
      const list = { text: 'Another', contacts: [1, 2, 3], checkpoint: null };
      writeFileSync(file, JSON.stringify(list));
      const other = await runExample(process.execPath, ['examples/node/bulk.mjs', TEXT, file], env);
      assert.equal(other.code, 1);
      assert.match(other.output, /is the list of another text: Another/);
      assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), list);

      sandbox.configure({ tokens: ['new'] });
      const refused = await runExample(process.execPath, ['examples/node/bulk.mjs', 'Another', file], env);
      assert.equal(refused.code, 1, refused.output);
      assert.match(refused.stdout, /^0 sent, 3 refused, 0 unknown, 0 to go\n/);
      sandbox.configure({ tokens: ['sandbox'] });
      const again = await runExample(process.execPath, ['examples/node/bulk.mjs', 'Another', file], env);
      assert.equal(again.code, 0, again.output);
      assert.deepEqual(timesSent(sandbox), [1, 1, 1]);
    });
  });

  test('without arguments it says how it is used', async () => {
    const { code, output } = await runExample(process.execPath, ['examples/node/bulk.mjs', TEXT]);
    assert.equal(code, 2);
    assert.match(output, /^usage: /);
  });
});

describe('the progress bar', () => {
  const half = { done: 125, total: 250, rejected: 2, unknown: 0, perSecond: 4.96, etaMs: 25_200 };

  test('a terminal has one line that is drawn again', () => {
    const written = [];
    const bar = new ProgressBar({ isTTY: true, columns: 80, write: (text) => written.push(text) });
    bar.show(half);
    bar.show({ ...half, done: 250, etaMs: 0 });
    bar.end();
    assert.deepEqual(written, [
      '\r████████████████░░░░░░░░░░░░░░░░  50 %  125 of 250  5.0/s  26 s left  2 refused\x1b[K',
      '\r████████████████████████████████████████ 100 %  250 of 250  5.0/s  2 refused\x1b[K',
      '\n',
    ]);
  });

  test('a line is shorter than the terminal, however narrow that is', () => {
    for (let columns = 1; columns < 200; columns++) assert.ok(barLine(half, columns).length < columns);
    assert.equal(barLine(half, 20), '  50 %  125 of 250 ');
  });

  test('elsewhere there is a line every 10 %', () => {
    const written = [];
    const bar = new ProgressBar({ isTTY: false, write: (text) => written.push(text) });
    for (let done = 0; done <= 250; done++) bar.show({ ...half, done });
    bar.show({ ...half, done: 250 });
    bar.end();
    assert.equal(written.length, 11);
    assert.equal(written[5], '50 %  125 of 250  5.0/s  26 s left  2 refused\n');
  });

  test('long times are told in minutes and hours, and what is unknown is not told', () => {
    const line = (more) => barLine({ ...half, rejected: 0, ...more }, 200).replace(/^[█░]+/, '');
    assert.equal(line({ etaMs: 61_000 }), '  50 %  125 of 250  5.0/s  1 min 1 s left');
    assert.equal(line({ etaMs: 7_260_000, unknown: 1 }), '  50 %  125 of 250  5.0/s  2 h 1 min left  1 unknown');
    assert.equal(line({ etaMs: undefined, perSecond: 0 }), '  50 %  125 of 250');
    assert.equal(line({ done: 0, total: 0, perSecond: 0, etaMs: 0 }), ' 100 %  0 of 0');
  });
});

/** Serves a sandbox whose contacts have all written over a channel, so that each can be sent a text. */
function serveReachable(count, use) {
  return serveSeeded(count, async (scene) => {
    for (let id = 1; id <= count; id++) scene.sandbox.receive(`id:${id}`, { type: 'text', text: 'Hello' }, 1);
    await use(scene);
  });
}

/** Runs the example and sends it a signal when some more messages were sent. */
async function interrupted(file, env, sandbox, signal) {
  const args = ['examples/node/bulk.mjs', TEXT, file];
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const closed = once(child, 'close');
  const sum = () => timesSent(sandbox).reduce((all, times) => all + times, 0);
  const enough = sum() + 3;
  while (sum() < enough && child.exitCode === null) await wait(5);
  child.kill(signal);
  const [code] = await closed;
  assert.ok(existsSync(file), output);
  return { code, output };
}

/** How often each contact was sent the text. */
function timesSent(sandbox) {
  const { contacts } = sandbox.snapshot();
  const times = new Map(contacts.map(({ id }) => [id, 0]));
  for (const { operation, acted, url } of sandbox.journal()) {
    if (operation !== 'sendMessage' || !acted) continue;
    const id = Number(/id:(\d+)/.exec(decodeURIComponent(url))[1]);
    times.set(id, times.get(id) + 1);
  }
  return [...times.values()];
}

/** Nobody got the text twice, and whoever did not get it is told as unknown. */
function checkOnce(sandbox, report) {
  for (const [index, times] of timesSent(sandbox).entries()) {
    assert.ok(times <= 1, `id:${index + 1} got it ${times} times`);
    assert.ok(
      times === 1 || new RegExp(`^id:${index + 1} unknown: `, 'm').test(report),
      `id:${index + 1} did not get it`,
    );
  }
}
