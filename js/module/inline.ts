/** Node's, Deno's and Bun's. */
interface Server {
  Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> };
  process?: { versions?: { node?: string } };
}

/**
 * Compiles a module that the build put in as base64. It is decoded when it is needed, and by the runtime's own decoder
 * where there is one: a loop over its letters takes 4 ms of a fresh process, `Buffer` 0.1. Where that is, it is compiled
 * on the spot, in half a millisecond: V8 compiles functions as they are called, and a thread more takes longer to answer.
 */
export async function compileInline(base64: string): Promise<WebAssembly.Module> {
  const { Buffer, process } = globalThis as Server;
  // A page may have a Buffer of its own, and compile a module at once only where it is small.
  if (Buffer && process?.versions?.node) return new WebAssembly.Module(Buffer.from(base64, 'base64'));
  return WebAssembly.compile(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
}
