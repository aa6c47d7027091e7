import { contract } from './surface.js';

/**
 * Loads the wasm module now, so that the first call does not wait for it.
 *
 * @example
 * ```ts
 * await ready();
 * ```
 */
export async function ready(): Promise<void> {
  await contract.engine.load();
}
