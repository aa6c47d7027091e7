/** For how long, in milliseconds, and for how many bytes a body that nobody wants is read all the same. */
const LINGER_MS = 1_000;
const LINGER_BYTES = 4 * 1024 * 1024;
/** What a part counts for at least, so that parts without bytes have an end, too. */
const LEAST_PART = 1024;

/** What reads a body. */
export type Reader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Reads on, for a while, what nobody wants: a server that closed the connection on whoever still sends would take the
 * answer along, and one that kept it would take what is left for the next request.
 */
export function discard(request: Request): void {
  const { body, bodyUsed } = request;
  // What a framework has made of a request may have a body that is no stream.
  if (typeof body?.getReader === 'function' && !body.locked && !bodyUsed) linger(body.getReader());
}

/** Does so with a body of which something was read. */
export function linger(reader: Reader | undefined): void {
  const cancel = () => reader?.cancel().catch(() => {});
  const timer = setTimeout(cancel, LINGER_MS);
  const readOn = async () => {
    for (let left = LINGER_BYTES; left > 0; ) {
      const part = await reader?.read();
      if (!part?.value) return;
      left -= Math.max(LEAST_PART, part.value.length);
    }
    cancel();
  };
  readOn()
    .catch(() => {})
    .finally(() => clearTimeout(timer));
}
