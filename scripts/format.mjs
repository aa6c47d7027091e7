// `npm run format`: formats Rust, JavaScript, TypeScript and JSON, and applies the linter's safe fixes.

import { installPackages, withPackages } from './packages.mjs';
import { main, step } from './run.mjs';
import { ensure } from './tools.mjs';

await main(async () => {
  await installPackages();
  const env = withPackages(await ensure(['rust']));
  await step('Formatting Rust', 'cargo', ['fmt', '--all'], { env });
  await step('Formatting JavaScript, TypeScript and JSON', 'biome', ['check', '--write', '.'], { env });
});
