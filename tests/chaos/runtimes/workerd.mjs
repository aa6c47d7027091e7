import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';

/** Makes the calls in workerd. @type {import('../run.mjs').Caller} */
export async function inWorkerd(plan) {
  const worker = new Miniflare({ compatibilityDate: '2026-04-01', modules: await modules() });
  try {
    const response = await worker.dispatchFetch('http://worker/', { method: 'POST', body: JSON.stringify(plan) });
    if (!response.ok) throw new Error(`the Worker answered with ${response.status}: ${await response.text()}`);
    return await response.json();
  } finally {
    await worker.dispose();
  }
}

/** Bundles the Worker as wrangler does: by the package's `workerd` entry, its wasm module uploaded beside it. */
async function modules() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('worker.js', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd'],
    external: ['*.wasm'],
  });
  const wasm = fileURLToPath(new URL('engine.wasm', import.meta.resolve('respond-io-wasm')));
  return [
    { type: 'ESModule', path: 'worker.js', contents: outputFiles[0].text },
    { type: 'CompiledWasm', path: 'engine.wasm', contents: readFileSync(wasm) },
  ];
}
