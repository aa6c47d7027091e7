import type { BucketStats } from './limiter.js';

/** What a client has done so far. */
export interface Counts {
  /** How many calls were made. */
  calls: number;
  /** How many of them have failed. */
  failed: number;
  /** How many requests were sent. */
  requests: number;
  /** How many of them repeated another one. */
  retries: number;
  /** How many were answered with 429. */
  rateLimited: number;
}

/** What a client has done so far, and what it is doing. */
export interface ClientStats extends Counts {
  /** How many calls wait for their turn, over all buckets. */
  queued: number;
  /** How many requests have no answer yet, over all buckets. */
  inFlight: number;
  /** The buckets that the client has used; other clients may share them. */
  buckets: BucketStats[];
}

/** Counts that begin at 0. */
export function newCounts(): Counts {
  return { calls: 0, failed: 0, requests: 0, retries: 0, rateLimited: 0 };
}

/** The counts together with the buckets. */
export function statsOf(counts: Counts, buckets: BucketStats[]): ClientStats {
  const sum = (key: 'queued' | 'inFlight') => buckets.reduce((total, bucket) => total + bucket[key], 0);
  return { ...counts, queued: sum('queued'), inFlight: sum('inFlight'), buckets };
}
