// `npm start`: builds the package, serves the sandbox and sends every operation to it over HTTP.

import { installPackages } from './packages.mjs';
import { heading, main, run, step } from './run.mjs';
import { ensure } from './tools.mjs';

await main(async () => {
  await installPackages();
  const env = await ensure(['rust', 'wasm-bindgen']);
  await step('Building the package', process.execPath, ['scripts/build.mjs'], {
    env: { ...env, CARGO_TERM_QUIET: 'true' },
  });
  const operations = await declaredOperations(env);
  const { DEMO } = await import('./demo.mjs');
  checkComplete(operations, DEMO);
  const ok = await demonstrate(operations, DEMO);
  console.log(`${ok}/${operations.length} operations ok`);
  if (ok < operations.length) process.exitCode = 1;
});

/** The operations that the crate declares: their id, method and path. */
async function declaredOperations(env) {
  const { code, stdout, output } = await run('cargo', ['run', '-q', '-p', 'xtask', '--', 'describe'], {
    env,
    quiet: true,
  });
  if (code !== 0) throw new Error(`the declared operations cannot be read:\n${output}`);
  return JSON.parse(stdout).operations;
}

function checkComplete(operations, demo) {
  const declared = operations.map((operation) => operation.id);
  const missing = declared.filter((id) => !(id in demo));
  const stale = Object.keys(demo).filter((id) => !declared.includes(id));
  if (missing.length + stale.length === 0) return;
  throw new Error(`scripts/demo.mjs lacks [${missing}] and shows [${stale}], which are not declared`);
}

/** Runs the demo against a served sandbox and prints a line an operation; gives how many are ok. */
async function demonstrate(operations, demo) {
  const library = await import('respond-io-wasm');
  const { serveSandbox } = await import('respond-io-wasm/sandbox/server');
  const server = await serveSandbox({ port: 0 });
  heading(`Sending every operation to ${server.url}/v2`);
  const client = new library.RespondIO({
    apiToken: 'sandbox',
    baseUrl: `${server.url}/v2`,
    responseValidation: 'throw',
  });
  const scene = { client, library, sandbox: server.sandbox, memory: {} };
  let ok = 0;
  try {
    for (const [id, show] of Object.entries(demo)) {
      const operation = operations.find((candidate) => candidate.id === id);
      ok += (await perform(operation, show, scene)) ? 1 : 0;
    }
  } finally {
    await server.close();
  }
  return ok;
}

/** Performs one operation and prints its line; it is ok where the sandbox says so as well. */
async function perform(operation, show, scene) {
  const start = performance.now();
  const before = scene.sandbox.journal().at(-1)?.seq ?? 0;
  const outcome = await show(scene).then(
    (result) => ({ result }),
    (error) => ({ error }),
  );
  const milliseconds = `${(performance.now() - start).toFixed(0)} ms`.padStart(8);
  const entries = scene.sandbox.journal(before);
  const arrived = entries.some((entry) => entry.operation === operation.id && entry.status === 200 && entry.acted);
  const error = outcome.error ?? (arrived ? undefined : new Error('the sandbox has not carried it out'));
  const request = `${operation.method} ${operation.path}`;
  const waited = entries.some((entry) => entry.status === 429) ? ' (after a 429 and its Retry-After)' : '';
  const text = error ? `FAILED: ${error.message}` : `${outcome.result}${waited}`;
  console.log(`${operation.id.padEnd(25)}${request.padEnd(50)}${milliseconds}  ${text}`);
  return error === undefined;
}
