// That the benchmarks run and say what they measured. How fast anything is, no test judges.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chart } from '../../bench/chart.mjs';
import { run } from '../../scripts/run.mjs';

const SECTIONS = ['call', 'cold', 'decode', 'download', 'first', 'kept', 'memory', 'scaling'];

test('bench --quick measures every section and writes its rows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'rows.json');
  try {
    const { code, output } = await run(process.execPath, ['scripts/bench.mjs', '--quick', '--json', file], {
      quiet: true,
    });
    assert.equal(code, 0, output);
    const rows = JSON.parse(readFileSync(file, 'utf8'));
    assert.deepEqual([...new Set(rows.map(({ name }) => name.split(':')[0]))].sort(), SECTIONS);
    for (const { name, engine, ours, peer, ratio, goal, met, unit } of rows) {
      assert.equal(typeof name + typeof engine + typeof unit, 'stringstringstring', name);
      assert.ok(Number.isFinite(ours), name);
      assert.equal(peer === null, ratio === null, name);
      assert.equal(goal === null, met === null, name);
    }
    // A crowd's calls are counted one by one, whatever each of them takes here.
    const [alone, crowded] = ['1', '64'].map((size) =>
      rows.find(({ name }) => name.startsWith(`call: ${size} at once`)),
    );
    assert.ok(crowded.ours < 3 * alone.ours, `${crowded.ours} and ${alone.ours}`);
    assert.match(chart(rows, 'light'), /^<svg .*<\/svg>\n$/s);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
