import { EngineHost } from './engine.js';
import { OPERATIONS, type OperationRow } from './generated/operations.js';

/** A set of operations, and the engine that knows them by their numbers. */
export interface Surface {
  readonly operations: readonly OperationRow[];
  readonly engine: EngineHost;
}

/** The operations of the contract. */
export const contract: Surface = { operations: OPERATIONS, engine: new EngineHost() };
