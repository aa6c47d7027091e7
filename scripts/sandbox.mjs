// `npm run sandbox -- --port 4010`: builds the package where that has not been done and serves its sandbox over HTTP.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './packages.mjs';
import { ROOT } from './root.mjs';
import { main } from './run.mjs';

await main(async () => {
  await ensureBuilt();
  const program = join(ROOT, 'pkg/sandbox-bin.js');
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The server ends itself on a signal from the terminal; this process stays to pass its exit code on.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill(signal));
  }
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
});
