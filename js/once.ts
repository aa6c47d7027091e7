/**
 * A body that its runtime cannot send a second time on its own: Deno repeats a request whose reused connection is lost,
 * but a stream cannot be read again. Undefined in the runtimes that repeat nothing. `tests/wire` counts.
 */
export function onceBody(json: string): { body: ReadableStream; duplex: 'half' } | undefined {
  if (!('Deno' in globalThis)) return undefined;
  const pull = (controller: ReadableStreamDefaultController) => {
    controller.enqueue(new TextEncoder().encode(json));
    controller.close();
  };
  return { body: new ReadableStream({ pull }), duplex: 'half' };
}
