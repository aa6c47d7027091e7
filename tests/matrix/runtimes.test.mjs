import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeApp } from './app.mjs';
import { cell, prepare } from './cell.mjs';
import { RUNTIMES } from './runtimes.mjs';
import { NAMES } from './suite.mjs';

const runtimes = await prepare(RUNTIMES);
let app;

before(async () => {
  if (runtimes.size > 0) app = await makeApp();
});

after(() => app?.remove());

for (const [runtime, reason] of runtimes) {
  cell(runtime.name, reason, () => {
    let ran;

    for (const name of NAMES()) {
      test(name, async () => {
        ran ??= runtime.run(app);
        const row = (await ran).find((row) => row.name === name);
        assert.deepEqual(row, { name });
      });
    }
  });
}
