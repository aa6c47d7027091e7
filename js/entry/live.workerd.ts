// Workers compile modules when they are deployed and forbid it at run time.

import './live-records.js';
import './runtime.workerd.js';
import { live } from '../live/surface.js';
import module from './live.wasm';

live.engine.source = async () => module;

export * from '../live/main.js';
export { default } from '../live/main.js';
