// `npm run lint`: every check of format, lint and types; changes nothing.

import { checks } from './checks.mjs';
import { ensureBuilt, installPackages, withPackages } from './packages.mjs';
import { main, step } from './run.mjs';
import { ensure } from './tools.mjs';

await main(async () => {
  await installPackages();
  const env = withPackages(await ensure(['rust', 'wasm-bindgen']));
  // The TypeScript refers to files that the build prints.
  await ensureBuilt();
  for (const [name, command, args] of checks()) await step(name, command, args, { env });
});
