import type { Chunks } from './body.js';

/** How much room, in bytes, a read is given, and after one that has filled that. */
const ROOM = 4 * 1024;
const MORE_ROOM = 64 * 1024;

/**
 * Reads a stream of the runtime's own in chunks as large as what has come. workerd gives chunks of 4 KiB to whoever brings
 * no room: for a page of contacts 17 reads instead of 3, and 134 µs instead of 50. A body of 6 kB
 * takes 38 instead of 27.
 */
export function largeChunksOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Chunks {
  const reader = byteReaderOf(stream);
  if (!reader) return stream.getReader();
  let room = ROOM;
  return {
    async read() {
      const result = await reader.read(new Uint8Array(room));
      room = (result.value?.length ?? 0) < room ? ROOM : MORE_ROOM;
      return result as ReadableStreamReadResult<Uint8Array<ArrayBuffer>>;
    },
    cancel: () => reader.cancel(),
  };
}

function byteReaderOf(stream: ReadableStream): ReadableStreamBYOBReader | undefined {
  try {
    return stream.getReader({ mode: 'byob' });
  } catch {
    // A stream that JavaScript makes need be none of bytes.
    return undefined;
  }
}
