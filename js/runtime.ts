import type { ChunksOf } from './body.js';
import type { Fetch } from './options.js';

/** What the entry knows of where it runs; each entry says what differs from this. */
export const runtime: {
  /** Whether this is a web page or one of its workers. */
  isBrowser(): boolean;
  /** Whether what the runtime's own `fetch` threw proves that the request, of this HTTP method, never left. */
  neverLeft(cause: unknown, method: string): boolean;
  /** The runtime's own `fetch`, for a request with a text body that must not arrive twice. */
  fetchOnce: Fetch;
  /** The runtime's own `fetch`, where `neverLeft` knows what it throws: what was there when the first entry was loaded. */
  ownFetch?: Fetch;
  /** A better way than others' to read what the runtime's own `fetch` gives. */
  chunksOf?: ChunksOf;
} = {
  isBrowser: () => false,
  neverLeft: () => false,
  fetchOnce: (url, init) => fetch(url, init),
};
