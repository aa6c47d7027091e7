import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeApp } from './app.mjs';
import { BUNDLERS } from './bundlers.mjs';
import { cell, prepare } from './cell.mjs';

const bundlers = await prepare(BUNDLERS);
let app;

before(async () => {
  if (bundlers.size > 0) app = await makeApp();
});

after(() => app?.remove());

for (const [bundler, reason] of bundlers) {
  cell(bundler.name, reason, () => {
    let ran;

    for (const check of bundler.checks) {
      test(check, async () => {
        ran ??= bundler.run(app);
        assert.equal((await ran)[check], 'Hello Aida!');
      });
    }
  });
}
