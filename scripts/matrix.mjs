// `npm run matrix`: the packed tarball in every runtime and every bundler, as a table.

import { ensureBuilt, installPackages, linkPackage, withPackages } from './packages.mjs';
import { main } from './run.mjs';
import { matrix } from './runners.mjs';
import { ensure } from './tools.mjs';

await main(async () => {
  await installPackages();
  await ensureBuilt();
  linkPackage();
  const { code } = await matrix(...process.argv.slice(2))(withPackages(await ensure(['rust', 'wasm-bindgen'])));
  process.exitCode = code;
});
