// What hooks are told, and what stats give.
import {
  type BucketStats,
  type CallEvent,
  type ClientStats,
  type Counts,
  type Hooks,
  type MismatchEvent,
  type Outcome,
  type RateLimitEvent,
  RespondIO,
  type ResponseEvent,
  type RetryEvent,
  type Rule,
} from 'respond-io-wasm';
import { exactly } from '../exact.js';

const client = new RespondIO({
  apiToken: 'token',
  onRequest(event) {
    exactly<CallEvent>()(event);
    exactly<number>()(event.call);
    exactly<string>()(event.operation);
    exactly<string>()(event.method);
    exactly<number>()(event.attempt);
  },
  onResponse(event) {
    exactly<ResponseEvent>()(event);
    exactly<number>()(event.call);
    exactly<number | undefined>()(event.status);
    exactly<number>()(event.durationMs);
  },
  onRetry(event) {
    exactly<RetryEvent>()(event);
    exactly<number | undefined>()(event.status);
    exactly<Outcome>()(event.outcome);
    exactly<number>()(event.delayMs);
  },
  onRateLimit(event) {
    exactly<RateLimitEvent>()(event);
    exactly<'queue' | 'response' | 'shared'>()(event.reason);
    exactly<number>()(event.waitMs);
    exactly<number>()(event.queued);
  },
  onMismatch(event) {
    exactly<MismatchEvent>()(event);
    exactly<string>()(event.field);
    exactly<Rule>()(event.rule);
    exactly<string>()(event.message);
  },
});

export const none: Hooks = {};
export const some: Hooks = { onRequest: undefined, onRetry: async ({ delayMs }) => delayMs };
new RespondIO({ apiToken: 'token', ...some });

const stats = client.stats();
exactly<ClientStats>()(stats);
exactly<number>()(stats.calls);
exactly<number>()(stats.failed);
exactly<number>()(stats.requests);
exactly<number>()(stats.retries);
exactly<number>()(stats.rateLimited);
exactly<number>()(stats.queued);
exactly<number>()(stats.inFlight);
exactly<BucketStats[]>()(stats.buckets);
export const counts: Counts = stats;
for (const { bucket, limit, queued, inFlight, pausedMs } of stats.buckets) {
  exactly<string>()(bucket);
  for (const count of [limit, queued, inFlight, pausedMs]) exactly<number>()(count);
}
