// The build puts the module's bytes in, so that no bundle can lose a file.
import bytes from 'inline:engine.wasm';
import { setModule } from '../engine.js';

setModule(() => WebAssembly.compile(bytes));

export * from '../main.js';
