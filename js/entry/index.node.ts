import './runtime.node.js';
// The build puts the module's bytes in, so that no bundle can lose a file.
import bytes from 'inline:engine.wasm';
import { contract } from '../surface.js';

contract.engine.source = () => WebAssembly.compile(bytes);

export * from '../main.js';
