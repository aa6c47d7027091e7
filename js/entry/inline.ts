import './runtime.browser.js';
// The build puts the module's bytes in, for pages and workers that cannot fetch a file beside their script.
import base64 from 'inline:engine.browser.wasm';
import { compileInline } from '../module/inline.js';
import { contract } from '../surface.js';

contract.engine.source = () => compileInline(base64);

export * from '../main.js';
