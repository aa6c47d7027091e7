import type { WasmModule } from '../slim/module.js';

/** What `respond-io-wasm/engine.wasm` and `engine.browser.wasm` are where modules are imported, as in Workers. */
declare const module: WasmModule;
export default module;
