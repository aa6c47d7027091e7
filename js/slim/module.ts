/** A compiled wasm module. Programs for Node may be compiled without the DOM's types, and then it has no name. */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: new (bytes: never) => infer Module } }
  ? Module
  : object;
