// Vercel compiles modules that are imported in this way when they are deployed, and forbids it at run time.

import './live-records.js';
import { live } from '../live/surface.js';
import module from './live.wasm?module';

live.engine.source = async () => module;

export * from '../live/main.js';
export { default } from '../live/main.js';
