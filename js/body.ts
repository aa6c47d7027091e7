/** A body that was read; undefined where it was larger than permitted. */
export type ReadBody = Uint8Array | undefined;

/**
 * Reads a body of at most `limit` bytes; undefined where it is larger, or with `cut` its first `limit` bytes. What is
 * beyond is not fetched.
 */
export async function readBody(response: Response, limit: number, cut = false): Promise<ReadBody> {
  if (!response.body) return within(new Uint8Array(await response.arrayBuffer()), limit, cut);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return join(chunks, length);
    chunks.push(value);
    length += value.length;
    if (length > limit) {
      reader.cancel().catch(() => {});
      return within(join(chunks, length), limit, cut);
    }
  }
}

function within(bytes: Uint8Array, limit: number, cut: boolean): ReadBody {
  if (bytes.length <= limit) return bytes;
  return cut ? bytes.subarray(0, limit) : undefined;
}

/** What an answer other than 2xx says: JSON where it is JSON, else text; undefined where there is nothing. */
export function parseErrorBody(bytes: ReadBody): unknown {
  if (!bytes?.length) return undefined;
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function join(chunks: Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
