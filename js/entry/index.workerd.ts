// Workers compile modules when they are deployed and forbid it at run time.

import { setModule } from '../engine.js';
import module from './engine.wasm';

setModule(async () => module);

export * from '../main.js';
