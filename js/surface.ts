import { EngineHost } from './engine.js';
import type { RespondIOError } from './errors.js';
import { OPERATIONS, type OperationRow } from './generated/operations.js';

/** A set of operations, the engine that knows them by their numbers, and what else sets it apart. */
export interface Surface {
  readonly operations: readonly OperationRow[];
  readonly engine: EngineHost;
  /** What is said of a route that the service does not know. */
  readonly hint: string;
  /** Whether a body says that the contact was only just created, where the status need not say so. */
  readonly isNew?: (status: number, body: unknown) => boolean;
  /** Adds to an error what the answer says beside its body. */
  readonly complete?: (error: RespondIOError, response: Response) => void;
  /**
   * Says of a page where the next one starts, as `cursorId` and `hasMore`, where the service says it otherwise; cursors
   * that were seen already end the list.
   */
  readonly paginate?: (page: object, seen: readonly (number | undefined)[]) => object;
}

/** The operations of the contract. */
export const contract: Surface = {
  operations: OPERATIONS,
  // A bundler leaves it out of an entry that shares only the chunk.
  engine: /* @__PURE__ */ new EngineHost(),
  hint: '. For live accounts import respond-io-wasm/live',
};
