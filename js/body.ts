import { MAX_DEPTH } from './generated/operations.js';
import { startTimer, TooSlow } from './time.js';

/** A body that was read; undefined where it was larger than permitted. */
export type ReadBody = Uint8Array<ArrayBuffer> | undefined;

/**
 * Reads a body of at most `limit` bytes; undefined where it is larger, or with `cut` its first `limit` bytes. What is
 * beyond is not fetched. Where nothing comes for `stallMs` milliseconds it rejects with {@link TooSlow}; 0 for never.
 * Once the signal aborts, nothing is read any more; whoever waits for the body waits for the signal as well.
 */
export async function readBody(
  message: Response | Request,
  limit: number,
  stallMs: number,
  signal: AbortSignal,
  cut = false,
): Promise<ReadBody> {
  if (!message.body) return within(new Uint8Array(await message.arrayBuffer()), limit, cut);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = message.body.getReader();
  // A body that heeds no signal would else be watched until it stalls.
  signal.addEventListener('abort', () => reader.cancel().catch(() => {}));
  for (;;) {
    const { done, value } = await unlessStalled(reader, stallMs);
    if (done) return join(chunks, length);
    chunks.push(value);
    length += value.length;
    if (length > limit) {
      reader.cancel().catch(() => {});
      return within(join(chunks, length), limit, cut);
    }
  }
}

/** How long a body is read for the sake of its connection alone, in milliseconds. */
const DRAIN_MS = 1000;

/**
 * Reads a body that nobody needs, while others go on: a body that is cancelled costs its connection. One of more than
 * `limit` bytes or that takes longer than a second is not worth it.
 */
export function drain(response: Response, limit: number): void {
  readBody(response, limit, 0, AbortSignal.timeout(DRAIN_MS)).catch(() => {});
}

async function unlessStalled(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>, stallMs: number) {
  let timer: ReturnType<typeof startTimer>;
  const stalled = new Promise<never>((_, reject) => {
    timer = startTimer(() => {
      reject(new TooSlow(`got nothing more of its answer for ${stallMs} ms`));
      reader.cancel().catch(() => {});
    }, stallMs);
  });
  try {
    return await Promise.race([reader.read(), stalled]);
  } finally {
    clearTimeout(timer);
  }
}

function within(bytes: Uint8Array<ArrayBuffer>, limit: number, cut: boolean): ReadBody {
  if (bytes.length <= limit) return bytes;
  return cut ? bytes.subarray(0, limit) : undefined;
}

/**
 * What an answer other than 2xx says: JSON where it is JSON, else text; undefined where there is nothing. What is nested
 * too deeply for a logger to print stays text.
 */
export function parseErrorBody(bytes: ReadBody): unknown {
  if (!bytes?.length) return undefined;
  const text = new TextDecoder().decode(bytes);
  try {
    return isDeep(text) ? text : JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a JSON text is nested deeper than anything that this package reads. */
export function isDeep(text: string): boolean {
  let depth = 0;
  let isString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (character === '"') isString = !isString;
    else if (isString) i += character === '\\' ? 1 : 0;
    else if ('[{'.includes(character)) depth += 1;
    else if (']}'.includes(character)) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** The chunks, of so many bytes in all, as one. */
export function join(chunks: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  if (chunks.length === 1) return chunks[0] as Uint8Array<ArrayBuffer>;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
