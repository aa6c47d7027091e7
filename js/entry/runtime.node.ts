import { neverLeft } from '../never-left.js';
import { fetchOnce } from '../once/deno.js';
import { runtime } from '../runtime.js';

// What another fetch throws, which somebody has put in its place, proves nothing: it may have tried before.
runtime.ownFetch ??= globalThis.fetch;
runtime.neverLeft = (cause, method) => globalThis.fetch === runtime.ownFetch && neverLeft(cause, method);
runtime.fetchOnce = fetchOnce;
