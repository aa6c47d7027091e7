import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { ROOT } from '../../scripts/root.mjs';
import { testBot } from './bot.mjs';
import { workerModules } from './workerd.mjs';

testBot('the bot on Workers', async (bindings) => {
  const config = wranglerConfig('examples/worker-bot/wrangler.jsonc');
  const { compatibility_date, durable_objects, migrations } = config;
  const stored = migrations.flatMap(({ new_sqlite_classes }) => new_sqlite_classes);
  const objects = durable_objects.bindings.map(({ name, class_name }) => [
    name,
    { className: class_name, useSQLite: stored.includes(class_name) },
  ]);
  const worker = new Miniflare({
    compatibilityDate: compatibility_date,
    durableObjects: Object.fromEntries(objects),
    modules: await workerModules(`examples/worker-bot/${config.main}`),
    bindings,
  });
  return { url: await worker.ready, stop: () => worker.dispose() };
});

function wranglerConfig(path) {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8').replace(/^\s*\/\/.*$/gm, ''));
}
