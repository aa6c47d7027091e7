import { setModule } from '../engine.js';
import { isBrowser } from '../module/browser.js';
import { fetchModule } from '../module/fetch.js';
import { fetchOnce, neverLeft } from '../once/browser.js';
import { runtime } from '../runtime.js';

setModule(() => fetchModule(new URL('./engine.wasm', import.meta.url)));
runtime.isBrowser = isBrowser;
runtime.neverLeft = neverLeft;
runtime.fetchOnce = fetchOnce;

export * from '../main.js';
