import assert from 'node:assert/strict';
import test from 'node:test';
import { run, step } from '../../scripts/run.mjs';

const node = (script, options) => run(process.execPath, ['-e', script], { quiet: true, ...options });

test('a command gives its exit code and what it printed', async () => {
  const { code, output, stdout } = await node('console.log("out"); console.error("err"); process.exitCode = 3');
  assert.equal(code, 3);
  assert.equal(stdout, 'out\n');
  assert.match(output, /err/);
});

test('a program that does not exist fails with a plain message', async () => {
  const { code, output } = await run('no-such-program', [], { quiet: true });
  assert.equal(code, -1);
  assert.match(output, /no-such-program did not start/);
});

test('a step that fails throws and names the command', async () => {
  await assert.rejects(
    step('Failing', process.execPath, ['-e', 'process.exit(7)'], { quiet: true }),
    /Failing: .* exit code 7/,
  );
});

test('a command that takes too long is ended with the programs that it started', async () => {
  // The program it starts holds the output open, so the result comes early only where that one is ended too.
  const script = `
    require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' });
    setInterval(() => {}, 1000);`;
  const { code, output, seconds } = await node(script, { minutes: 0.02 });
  assert.equal(code, -1);
  assert.match(output, /took longer than/);
  assert.ok(seconds < 30, `took ${seconds} s`);
});
