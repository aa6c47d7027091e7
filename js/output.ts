// What the exports of the engine leave in its memory.

/** Reads UTF-8, and throws where it is none; bodies as well. */
export const decoder = new TextDecoder('utf-8', { fatal: true });

/** The text that an export of the engine has left as the pair of this number. */
export function textAt(words: Uint32Array, pair: number): string {
  const length = words[2 * pair + 1];
  return length ? decoder.decode(new Uint8Array(words.buffer, words[2 * pair], length)) : '';
}
