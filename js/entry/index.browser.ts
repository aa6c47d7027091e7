import './runtime.browser.js';
import { fetchModule } from '../module/fetch.js';
import { contract } from '../surface.js';

contract.engine.source = () => fetchModule(new URL('./engine.browser.wasm', import.meta.url));

export * from '../main.js';
