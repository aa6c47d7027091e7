const failed = new WeakSet<object>();
/** Origins that insist on a length: they are sent text. */
const insisting = new Set<string>();

/**
 * Sends a write that must not arrive twice. Deno repeats every request whose connection is lost, but cannot repeat a
 * stream. Node and Bun, which share its entry, repeat no write that is sent by POST.
 *
 * @param url - Where to.
 * @param init - As for `fetch`; its `body` is text.
 */
export async function fetchOnce(url: string, init: RequestInit): Promise<Response> {
  const { origin } = new URL(url);
  if (!('Deno' in globalThis) || insisting.has(origin)) return fetch(url, init);
  const body = new Blob([init.body as string]).stream();
  try {
    const response = await fetch(url, { ...init, body, duplex: 'half' } as RequestInit);
    if (response.status !== 411) return response;
    insisting.add(origin);
    response.body?.cancel().catch(() => {});
  } catch (cause) {
    failed.add(cause as object);
    throw cause;
  }
  // The service insists on a length and has not acted.
  return fetch(url, init);
}

/** Whether `fetch` threw this of a request that Deno could not repeat, so that it tells of the only try. */
export function wasOnce(cause: unknown): boolean {
  return failed.has(cause as object);
}
