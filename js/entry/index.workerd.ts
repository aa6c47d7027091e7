// Workers compile modules when they are deployed and forbid it at run time.
import module from './engine.wasm';
import { setModule } from '../engine.js';

setModule(async () => module);

export * from '../main.js';
