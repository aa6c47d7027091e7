import './live-records.js';
import './runtime.node.js';
// The build puts the module's bytes in, so that no bundle can lose a file.
import base64 from 'inline:live.wasm';
import { live } from '../live/surface.js';
import { compileInline } from '../module/inline.js';

live.engine.source = () => compileInline(base64);

export * from '../live/main.js';
export { default } from '../live/main.js';
