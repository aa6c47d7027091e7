import './runtime.node.js';
// The build puts the module's bytes in, so that no bundle can lose a file.
import bytes from 'inline:live.wasm';
import { live } from '../live/surface.js';

live.engine.source = () => WebAssembly.compile(bytes);

export * from '../live/main.js';
export { default } from '../live/main.js';
