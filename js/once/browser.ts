import { isBrowser } from '../module/browser.js';

/** What `fetch` threw before it had read the stream: nothing of it has left. */
const neverRead = new WeakSet<object>();
/** How many streams in a row an origin that has taken one may fail to read, before text is tried. */
const PATIENCE = 9;
/** How many of these are left to each origin; negative for one that is sent text. */
const patience = new Map<string, number>();

/**
 * Sends a write that must not arrive twice. Chromium repeats a request whose connection is lost, but cannot repeat a
 * stream. It sends streams over HTTP/2 and HTTP/3 alone; elsewhere it fails before it reads them, and text is sent
 * instead. Other browsers send no streams.
 *
 * @param url - Where to; in a page also a path.
 * @param init - As for `fetch`; its `body` is text.
 */
export async function fetchOnce(url: string, init: RequestInit): Promise<Response> {
  if (!isBrowser() || !('duplex' in Request.prototype)) return fetch(url, init);
  const { origin } = new URL(url, location.href);
  const left = patience.get(origin) ?? (isOldPage(origin) ? -1 : 0);
  if (left < 0) return fetch(url, init);
  let isRead = false;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull(controller) {
      isRead = true;
      controller.enqueue(new TextEncoder().encode(init.body as string));
      controller.close();
    },
  };
  // Nothing is pulled in advance, so that no byte can have left before the first pull.
  const body = new ReadableStream(source, { highWaterMark: 0 });
  try {
    const response = await fetch(url, { ...init, body, duplex: 'half' } as RequestInit);
    // 411 insists on a length and 421 on another connection: the service has not acted.
    if (![411, 421].includes(response.status)) {
      patience.set(origin, PATIENCE);
      return response;
    }
    response.body?.cancel().catch(() => {});
  } catch (cause) {
    if (init.signal?.aborted || (isRead && left)) throw cause;
    if (isRead || left) {
      patience.set(origin, left - 1);
      if (!isRead) neverRead.add(cause as object);
      throw cause;
    }
  }
  const response = await fetch(url, init);
  if (!patience.has(origin)) patience.set(origin, -1);
  return response;
}

/** Whether this page came from there over HTTP/1.1, which a service worker finds out only after it has read the stream. */
function isOldPage(origin: string): boolean {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return origin === location.origin && page?.nextHopProtocol === 'http/1.1';
}

/** Whether what `fetch` threw proves that the request never left. */
export function neverLeft(cause: unknown): boolean {
  return neverRead.has(cause as object);
}
