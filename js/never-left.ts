import { wasOnce } from './once/deno.js';

/** The server runtimes whose errors can tell. */
export type Runtime = 'node' | 'deno' | 'bun';

/** What proves that a request never left: where its runtime says why `fetch` failed, and what it says there. */
export type Proof = readonly [runtime: Runtime, field: 'code' | 'syscall' | 'message', value: string];

/** Every proof. `tests/wire` makes each of them happen and counts that nothing arrived. */
export const PROOFS: readonly Proof[] = [
  ['node', 'syscall', 'getaddrinfo'],
  ['node', 'syscall', 'connect'],
  ['node', 'code', 'UND_ERR_CONNECT_TIMEOUT'],
  ['node', 'code', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['node', 'code', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['bun', 'code', 'ENOTFOUND'],
  ['bun', 'code', 'ECONNREFUSED'],
  ['bun', 'code', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  // The address stands before it, with its spaces encoded.
  ['deno', 'message', '): client error (Connect): '],
];

/** Whether what a server runtime's own `fetch` threw proves that the request, of this HTTP method, never left. */
export function neverLeft(error: unknown, method: string): boolean {
  const runtime = 'Deno' in globalThis ? 'deno' : 'Bun' in globalThis ? 'bun' : 'node';
  // The error tells of the last try alone, so it proves nothing where the runtime repeats requests on its own.
  if (runtime === 'deno' && !wasOnce(error)) return false;
  if (runtime === 'bun' && method !== 'POST') return false;
  const reasons = reasonsOf(error);
  return reasons.length > 0 && reasons.every((reason) => PROOFS.some((proof) => holds(proof, runtime, reason)));
}

/** Why `fetch` failed, with one reason for each address that it tried. */
function reasonsOf(error: unknown): readonly unknown[] {
  const reason = (error as { cause?: unknown } | undefined)?.cause ?? error;
  return (reason as { errors?: unknown[] } | undefined)?.errors ?? [reason];
}

function holds([of, field, value]: Proof, runtime: Runtime, reason: unknown): boolean {
  const said = String((reason as Record<string, unknown> | undefined)?.[field]);
  return of === runtime && (field === 'message' ? said.includes(value) : said === value);
}
