import { setModule } from '../engine.js';
import { fetchModule } from '../module/fetch.js';

setModule(() => fetchModule(new URL('./engine.wasm', import.meta.url)));

export * from '../main.js';
