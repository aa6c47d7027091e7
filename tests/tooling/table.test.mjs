import assert from 'node:assert/strict';
import test from 'node:test';
import table from '../../scripts/table.mjs';

const event = (type, name, nesting, more = {}) => ({
  type: `test:${type}`,
  data: { name, nesting, details: { type: nesting === 0 ? 'suite' : undefined }, ...more },
});

async function printed(events) {
  let text = '';
  for await (const part of table(events)) text += part;
  return text.trim().split('\n');
}

test('the table has a row a cell: its tests, what failed, and what is missing', async () => {
  const rows = await printed([
    event('pass', 'a', 1),
    event('pass', 'b', 1),
    event('pass', 'Node', 0),
    event('pass', 'a', 1),
    event('fail', 'b', 1),
    event('fail', 'Deno', 0),
    event('pass', 'is here', 1, { skip: 'there is no apt-get' }),
    event('pass', 'WebKit', 0),
    event('pass', 'empty.test.mjs', 0, { details: {} }),
  ]);
  assert.deepEqual(
    rows.map((row) => row.split(/ {2,}/)),
    [
      ['cell', 'tests'],
      ['Node', '2', 'ok'],
      ['Deno', '2', '1 FAILED'],
      ['WebKit', '0', 'missing: there is no apt-get'],
    ],
  );
});
