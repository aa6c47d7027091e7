import './records.js';
import './runtime.node.js';
// The build puts the module's bytes in, so that no bundle can lose a file.
import base64 from 'inline:engine.wasm';
import { compileInline } from '../module/inline.js';
import { contract } from '../surface.js';

contract.engine.source = () => compileInline(base64);

export * from '../main.js';
