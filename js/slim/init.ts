import { contract } from '../surface.js';
import type { WasmModule } from './module.js';

/** What the engine's wasm module can be made of: itself, its bytes, where it lies, or what a server said. */
export type ModuleSource = WasmModule | ArrayBuffer | ArrayBufferView | URL | string | Response;

// Another entry of the package may have said where the module comes from.
contract.engine.source ??= async () => {
  throw new Error('respond-io-wasm/slim has no module: call init() with it before the first call');
};

/**
 * Gives the engine its wasm module: in a page `respond-io-wasm/engine.browser.wasm`, which is the smaller one, elsewhere
 * `respond-io-wasm/engine.wasm`, which reads faster. Calls that were made since wait for it. A module that is loaded
 * already stays.
 *
 * @param source - The module, or a promise of it. A text is a URL, in a browser relative to the page.
 * @returns Once the engine is loaded.
 * @throws Whatever fetching or compiling it throws; then `init` may be called again.
 *
 * @example
 * ```ts
 * await init(fetch('/assets/engine.browser.wasm'));
 * ```
 */
export async function init(source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> {
  contract.engine.source = async () => moduleFrom(await source);
  await contract.engine.load();
}

async function moduleFrom(source: ModuleSource): Promise<WebAssembly.Module> {
  if (typeof source === 'string' || source instanceof URL) return moduleOf(await fetch(source));
  if (source instanceof Response) return moduleOf(source);
  // Next's edge runtime gives modules of another realm, which are instances of no class here.
  const isModule = Object.prototype.toString.call(source) === '[object WebAssembly.Module]';
  return isModule ? (source as WebAssembly.Module) : WebAssembly.compile(source as BufferSource);
}

// The default entry has the like of it in `fetchModule`, which must not grow for this.
async function moduleOf(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new Error(`${response.url} was answered with ${response.status}`);
  const streams = response.headers.get('content-type')?.startsWith('application/wasm');
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
