// Bulk: options that do not exist, results that were not told apart, checkpoints of another form.
import type { RespondIO } from 'respond-io-wasm';
import { BulkError, type BulkResult, bulk } from 'respond-io-wasm/bulk';

declare const client: RespondIO;
declare const controller: AbortController;
declare const result: BulkResult<string>;

// @ts-expect-error
bulk([1]);
// @ts-expect-error
bulk(1, () => {});
// @ts-expect-error
bulk({ id: 1 }, () => {});
// @ts-expect-error
bulk([1], (item: string) => item);
// @ts-expect-error
bulk(['1'], (contact) => client.contacts.get(contact));
// @ts-expect-error
bulk([1], () => {}, { concurency: 2 });
// @ts-expect-error
bulk([1], () => {}, { concurrency: '2' });
// @ts-expect-error
bulk([1], () => {}, { budgetMs: '20s' });
// @ts-expect-error
bulk([1], () => {}, { repeat: 'unknown' });
// @ts-expect-error
bulk([1], () => {}, { repeat: ['fulfilled'] });
// @ts-expect-error
bulk([1], () => {}, { repeat: ['applied'] });
// @ts-expect-error
bulk([1], () => {}, { signal: controller });
// @ts-expect-error
bulk([1], () => {}, { checkpoint: {} });
// @ts-expect-error
bulk([1], () => {}, { checkpoint: { version: 2, states: '' } });
// @ts-expect-error
bulk([1], () => {}, { checkpoint: '{}' });
// @ts-expect-error
bulk([1], () => {}, { onProgress: ({ percent }) => percent });
// @ts-expect-error
bulk([1], () => {}, { onCheckpoint: (states: string) => states });
// @ts-expect-error
bulk([1], () => {}).results;
// @ts-expect-error
(await bulk([1], () => {})).checkpoint.states = '';

// @ts-expect-error
result.value;
// @ts-expect-error
result.outcome;
// @ts-expect-error
export const isDone = result.status === 'done';
// @ts-expect-error
export const isNotSent = result.status === 'restored' && result.outcome === 'not_sent';
// @ts-expect-error
new BulkError('message').run;
// @ts-expect-error
export type Ledger = import('respond-io-wasm/bulk').Ledger;
// @ts-expect-error
export type Inner = typeof import('respond-io-wasm').bulk;
