export { bulk } from '../bulk/bulk.js';
export type { BulkCheckpoint } from '../bulk/checkpoint.js';
export { BulkError } from '../bulk/error.js';
export type {
  BulkContext,
  BulkCounts,
  BulkFulfilled,
  BulkFunction,
  BulkItems,
  BulkOptions,
  BulkPending,
  BulkProgress,
  BulkRejected,
  BulkRepeat,
  BulkRestored,
  BulkResult,
  BulkRun,
} from '../bulk/types.js';
