// The browser's entry with an engine of its own, which a test may break.

import { readFileSync } from 'node:fs';

/** Where the engine's module is. */
export const MODULE = new URL('../../pkg/engine.browser.wasm', import.meta.url);

/** The module as a server gives it. */
export const wasm = (headers) => new Response(readFileSync(MODULE), { headers });

/** The module as a server gives it that knows its type. */
export const streaming = () => wasm({ 'content-type': 'application/wasm' });

/** A fresh copy of the browser entry, whose module comes from the given answers. */
export async function browserEntry(answers) {
  const { build } = await import('esbuild');
  const entry = new URL('../../pkg/index.browser.js', import.meta.url).pathname;
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
  });
  const source = outputFiles[0].text.replaceAll('import.meta.url', JSON.stringify(MODULE.href));
  const library = await import(
    `data:text/javascript;base64,${Buffer.from(source).toString('base64')}#${Math.random()}`
  );
  const fetched = [];
  globalThis.fetch = async (url) => {
    fetched.push(String(url));
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer();
  };
  return { library, fetched };
}

/** Makes the next instance of the engine trap wherever it calls this export, as a mistake in the engine would. */
export function trapNext(name) {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (module) => {
    WebAssembly.instantiate = instantiate;
    const { exports } = await instantiate(module);
    const trap = () => {
      throw new WebAssembly.RuntimeError('unreachable');
    };
    return { exports: { ...exports, [name]: trap } };
  };
}
