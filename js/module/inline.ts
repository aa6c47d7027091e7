/** Node's, Deno's and Bun's. */
interface Buffers {
  Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> };
}

/**
 * Compiles a module that the build put in as base64. It is decoded when it is needed, and by the runtime's own decoder
 * where there is one: a loop over its letters takes 4 ms of a fresh process, `Buffer` 0.1.
 */
export async function compileInline(base64: string): Promise<WebAssembly.Module> {
  const { Buffer } = globalThis as Buffers;
  const bytes = Buffer?.from(base64, 'base64') ?? Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return WebAssembly.compile(bytes);
}
