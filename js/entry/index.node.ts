// The build puts the module's bytes in, so that no bundle can lose a file.
import bytes from 'inline:engine.wasm';
import { setModule } from '../engine.js';
import { neverLeft } from '../never-left.js';
import { onceBody } from '../once.js';
import { runtime } from '../runtime.js';

runtime.neverLeft = neverLeft;
runtime.onceBody = onceBody;
setModule(() => WebAssembly.compile(bytes));

export * from '../main.js';
