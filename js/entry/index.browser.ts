import { fetchModule } from '../module/fetch.js';
import { setModule } from '../engine.js';

setModule(() => fetchModule(new URL('./engine.wasm', import.meta.url)));

export * from '../main.js';
