import './runtime.browser.js';
// The build puts the module's bytes in, for pages and workers that cannot fetch a file beside their script.
import bytes from 'inline:engine.wasm';
import { contract } from '../surface.js';

contract.engine.source = () => WebAssembly.compile(bytes);

export * from '../main.js';
