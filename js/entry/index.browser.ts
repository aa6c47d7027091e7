import { isBrowser } from '../module/browser.js';
import { fetchModule } from '../module/fetch.js';
import { fetchOnce, neverLeft } from '../once/browser.js';
import { runtime } from '../runtime.js';
import { contract } from '../surface.js';

contract.engine.source = () => fetchModule(new URL('./engine.wasm', import.meta.url));
runtime.isBrowser = isBrowser;
runtime.neverLeft = neverLeft;
runtime.fetchOnce = fetchOnce;

export * from '../main.js';
