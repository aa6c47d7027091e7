import { Bounds } from './bounds.js';
import { MAX_DEPTH } from './generated/operations.js';

/** A body that was read; undefined where it was larger than permitted. */
export type ReadBody = Uint8Array<ArrayBuffer> | undefined;

/** What gives the bytes of a stream, a chunk at a time. */
export interface Chunks {
  read(): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>>;
  cancel(): Promise<void>;
}

/** How a stream of bytes is read. */
export type ChunksOf = (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => Chunks;

/**
 * Reads a body of at most `limit` bytes; undefined where it is larger, or with `cut` its first `limit` bytes. What is
 * beyond is not fetched. It rejects where the bounds end, and then reads nothing more. `chunksOf` is another way to read
 * its stream.
 */
export async function readBody(
  message: Response | Request,
  limit: number,
  bounds: Bounds,
  cut = false,
  chunksOf: ChunksOf = (stream) => stream.getReader(),
): Promise<ReadBody> {
  if (!message.body) return within(new Uint8Array(await bounds.wait(message.arrayBuffer())), limit, cut);
  const reader = chunksOf(message.body);
  return bounds.wait(readAll(reader, limit, cut, bounds), () => cancel(reader));
}

async function readAll(reader: Chunks, limit: number, cut: boolean, bounds: Bounds): Promise<ReadBody> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    bounds.moved();
    const { done, value } = await reader.read();
    if (done) return join(chunks, length);
    keep(chunks, value);
    length += value.length;
    if (length > limit) {
      cancel(reader);
      return within(join(chunks, length), limit, cut);
    }
  }
}

async function cancel(reader: Chunks): Promise<void> {
  try {
    await reader.cancel();
  } catch {
    // Nobody waits for it, so what goes wrong there changes nothing.
  }
}

/** How long a body is read for the sake of its connection alone, in milliseconds. */
const DRAIN_MS = 1000;

/**
 * Reads a body that nobody needs, while others go on: a body that is cancelled costs its connection. One of more than
 * `limit` bytes or that takes longer than a second is not worth it.
 */
export function drain(response: Response, limit: number): void {
  const bounds = new Bounds();
  // A timer of that kind keeps no program alive.
  AbortSignal.timeout(DRAIN_MS).addEventListener('abort', () => bounds.end(''));
  readBody(response, limit, bounds).catch(() => {});
}

function within(bytes: Uint8Array<ArrayBuffer>, limit: number, cut: boolean): ReadBody {
  if (bytes.length <= limit) return bytes;
  return cut ? bytes.subarray(0, limit) : undefined;
}

/**
 * What an answer other than 2xx says: JSON where it is JSON, else text; undefined where there is nothing. What is nested
 * too deeply for a logger to print stays text. A service that repeats the secret, as gateways do that show a request's
 * headers, does not have it stand in an error.
 */
export function parseErrorBody(bytes: ReadBody, secret?: string): unknown {
  if (!bytes?.length) return undefined;
  const hide = (_: string, value: unknown) =>
    secret && typeof value === 'string' ? value.replaceAll(secret, '[token]') : value;
  const text = new TextDecoder().decode(bytes);
  try {
    if (!isDeep(text)) return JSON.parse(text, hide);
  } catch {
    // It is text.
  }
  return hide('', text);
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

/**
 * Puts a chunk behind those that are there. The last two become one where the later one is not the smaller: so many small
 * chunks, of which each takes some hundred bytes beside its own, are never more than a few.
 */
export function keep(chunks: Uint8Array[], chunk: Uint8Array): void {
  const before = chunks.at(-1);
  if (!before || before.length > chunk.length) chunks.push(chunk);
  else keep(chunks, join([chunks.pop() as Uint8Array, chunk], before.length + chunk.length));
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
