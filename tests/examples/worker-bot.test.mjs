import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Miniflare } from 'miniflare';
import { ROOT } from '../../scripts/root.mjs';
import { bundle, mainOf } from '../runtimes.mjs';
import { deliver, received, serveWorkspace, testBot } from './bot.mjs';

const FOLDER = 'examples/worker-bot';

testBot('the bot on Workers', async (bindings) => {
  const worker = new Miniflare(await options('bot', bindings));
  return { url: String(await worker.ready), stop: () => worker.dispose() };
});

test('of equal deliveries to two isolates of the bot on Workers, one is answered', async () => {
  const { env, sandbox, close } = await serveWorkspace(1);
  const [bot, elsewhere] = [await options('bot', env), await options('elsewhere', env)];
  elsewhere.durableObjects.SEEN.scriptName = 'bot';
  const miniflare = new Miniflare({ workers: [bot, elsewhere] });
  try {
    const isolates = [await miniflare.getWorker('bot'), await miniflare.getWorker('elsewhere')];
    const event = received(1);
    const take = (_, index) =>
      deliver('http://bot/', event, undefined, (url, init) => isolates[index % 2].fetch(url, init));
    const statuses = await Promise.all(Array.from({ length: 20 }, take));
    assert.deepEqual(new Set(statuses), new Set([200]));
    await sleep(1000);
    assert.deepEqual(
      sandbox.journal().map(({ operation }) => operation),
      ['addContactTags', 'sendMessage'],
    );
  } finally {
    await miniflare.dispose();
    await close();
  }
});

/** What Miniflare is told of the Worker, by its own wrangler.jsonc. */
async function options(name, bindings) {
  const config = JSON.parse(readFileSync(join(ROOT, FOLDER, 'wrangler.jsonc'), 'utf8').replace(/^\s*\/\/.*$/gm, ''));
  const stored = config.migrations.flatMap(({ new_sqlite_classes }) => new_sqlite_classes);
  const objects = config.durable_objects.bindings.map(({ name, class_name }) => [
    name,
    { className: class_name, useSQLite: stored.includes(class_name) },
  ]);
  return {
    name,
    compatibilityDate: config.compatibility_date,
    durableObjects: Object.fromEntries(objects),
    modules: await bundle(mainOf(`${FOLDER}/${config.main}`)),
    bindings,
  };
}
