/** What stands in the error of a `fetch` that made no connection, by runtime. `tests/wire` proves each row. */
const PROOFS = {
  node: (cause: { code?: unknown }) => cause.code === 'ECONNREFUSED' || cause.code === 'ENOTFOUND',
  // The address stands in the message as well, but with its spaces encoded.
  deno: (cause: { message?: unknown }) => String(cause.message).includes(' client error (Connect): '),
};

/** Whether what a server runtime's own `fetch` threw proves that the request never left. */
export function neverLeft(error: unknown): boolean {
  const cause = (error as { cause?: unknown } | undefined)?.cause;
  if (typeof cause !== 'object' || cause === null) return false;
  return 'Deno' in globalThis ? PROOFS.deno(cause) : PROOFS.node(cause);
}
