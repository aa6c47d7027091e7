/** What `respond-io-wasm/engine.wasm` is where modules are imported, as in Workers. */
declare const module: WebAssembly.Module;
export default module;
