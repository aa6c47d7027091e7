import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runExample } from './support.mjs';

test('the Rust example converses with its sandbox', async () => {
  const { code, stdout, output } = await runExample('cargo', ['run', '-q', '--example', 'rust']);
  assert.equal(code, 0, output);
  assert.deepEqual(stdout.split('\n'), [
    'after 0 ms more: queued',
    'after 500 ms more: sent',
    'after 5000 ms more: read',
    'Aida after 2 tries',
    '251 contacts',
    '',
  ]);
});
