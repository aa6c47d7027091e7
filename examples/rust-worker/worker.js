// What Cloudflare calls: it starts the wasm module that build.mjs has made and hands requests to it.

import { fetch, initSync } from './build/rust_worker.js';
import module from './build/rust_worker_bg.wasm';

initSync({ module });

export default { fetch };
