import { EngineHost } from './engine.js';
import type { RespondIOError } from './errors.js';
import { OPERATIONS, type OperationRow } from './generated/operations.js';
import { Limiter, type Pacing, type RateLimitOptions } from './limiter.js';

/** A set of operations, the engine that knows them by their numbers, and what else sets it apart. */
export interface Surface {
  readonly operations: readonly OperationRow[];
  readonly engine: EngineHost;
  /** What is said of a route that the service does not know. */
  readonly hint: string;
  /** Makes the limiter of a client. */
  readonly limiter: (pacing: Pacing, options: RateLimitOptions) => Limiter;
  /** Adds to an error what the answer says beside its body. */
  readonly complete?: (error: RespondIOError, response: Response) => void;
  /** Says of a page where the next one starts, as `cursorId` and `hasMore`, where the service says it otherwise. */
  readonly paginate?: (page: object, asked: number | undefined) => object;
  /** Whether a cursor that comes again ends a list; else it is an error. */
  readonly endsAtRepeat?: true;
}

/** The operations of the contract. */
export const contract: Surface = {
  operations: OPERATIONS,
  engine: new EngineHost(),
  hint: '. Live accounts may have another one: import respond-io-wasm/live',
  limiter: (pacing) => new Limiter(pacing),
};
