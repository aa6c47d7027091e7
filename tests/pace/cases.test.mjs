import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { record } from './record.mjs';

test('the table that the Rust pace has to pass is what this one says', () => {
  const table = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8'));
  assert.deepEqual(table, record());
});
