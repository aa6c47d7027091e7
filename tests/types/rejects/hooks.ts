// What hooks, logger and stats are not.
import { type Logger, type RateLimitEvent, RespondIO, type RetryEvent } from 'respond-io-wasm';

declare const client: RespondIO;
declare const retry: RetryEvent;
declare const limited: RateLimitEvent;

// @ts-expect-error
new RespondIO({ onRequest: 'log' });
// @ts-expect-error
new RespondIO({ onRequests: () => {} });
// @ts-expect-error
new RespondIO({ hooks: { onRequest: () => {} } });
// @ts-expect-error
new RespondIO({ onRequest: ({ url }) => url });
// @ts-expect-error
new RespondIO({ onRequest: ({ status }) => status });
// @ts-expect-error
new RespondIO({ onResponse: ({ headers }) => headers });
// @ts-expect-error
new RespondIO({ onResponse: ({ status }) => status.toFixed() });
// @ts-expect-error
new RespondIO({ onResponse: (event: RetryEvent) => event });
// @ts-expect-error
new RespondIO({ onMismatch: ({ body }) => body });
// @ts-expect-error
new RespondIO({ onMismatch: ({ path }) => path });
// @ts-expect-error
new RespondIO({ onRateLimit: (_event, next: () => void) => next() });

// @ts-expect-error
retry.outcome === 'failed';
// @ts-expect-error
retry.error;
// @ts-expect-error
limited.reason === '429';
// @ts-expect-error
limited.retryAfter;

// @ts-expect-error
new RespondIO({ logger: { warn() {} } });
// @ts-expect-error
new RespondIO({ logger: console.log });
// @ts-expect-error
export const logger: Logger = { debug() {}, info() {}, warn() {}, error: (message: number) => message };
// @ts-expect-error
new RespondIO({ logLevel: 'trace' });
// @ts-expect-error
new RespondIO({ logLevel: false });

// @ts-expect-error
client.stats.calls;
// @ts-expect-error
client.stats().succeeded;
// @ts-expect-error
client.stats().buckets.GET;
// @ts-expect-error
client.stats('GET');
// @ts-expect-error
(await client.stats()).buckets[0].bucket.name;
