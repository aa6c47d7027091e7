/**
 * Codes with which Node's `fetch` fails before a connection was made: refused, its name not resolved, no route, too slow
 * to connect. Each is proven by a counting server in `tests/wire`.
 */
const NODE_CODES = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

/** Whether what a server runtime's own `fetch` threw proves that the request never left. */
export function neverLeft(error: unknown): boolean {
  const { code } = ((error as { cause?: unknown } | undefined)?.cause ?? {}) as { code?: unknown };
  return NODE_CODES.includes(String(code));
}
