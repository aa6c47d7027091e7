import './runtime.browser.js';
import { live } from '../live/surface.js';
import { fetchModule } from '../module/fetch.js';

live.engine.source = () => fetchModule(new URL('./live.browser.wasm', import.meta.url));

export * from '../live/main.js';
export { default } from '../live/main.js';
