// Bulk: what it takes, what it gives, and how results are told apart.
import type { Contact, MessageResult, Outcome, RespondIO } from 'respond-io-wasm';
import {
  type BulkCheckpoint,
  type BulkContext,
  type BulkCounts,
  BulkError,
  type BulkFulfilled,
  type BulkFunction,
  type BulkItems,
  type BulkOptions,
  type BulkPending,
  type BulkProgress,
  type BulkRejected,
  type BulkRepeat,
  type BulkRestored,
  type BulkResult,
  type BulkRun,
  bulk,
} from 'respond-io-wasm/bulk';
import { exactly } from '../exact.js';

declare const client: RespondIO;
declare const signal: AbortSignal;

const message = { type: 'text', text: 'Hello' } as const;
const contacts = ['id:1', 'email:aida@example.com'] as const;

exactly<Promise<BulkRun<MessageResult>>>()(
  bulk(contacts, (contact, { signal }) => client.messaging.send(contact, { message }, { signal })),
);
exactly<Promise<BulkRun<void>>>()(bulk(client.contacts.list(), ({ id }) => client.contacts.delete({ id: id ?? 0 })));
exactly<Promise<BulkRun<number>>>()(bulk(new Set([1, 2]), (item) => item * 2));
exactly<Promise<BulkRun<string>>>()(bulk(new Map([[1, 'a']]), async ([, name]) => name));
bulk(['id:1', 'id:2'], (contact) => client.contacts.delete(contact));
bulk([{ id: 1 }, { email: 'aida@example.com' }], (contact) => client.contacts.delete(contact));
bulk([1], (_item, context) => exactly<BulkContext>()(context));
bulk([1], (_item, { before }) => exactly<BulkRepeat | undefined>()(before));
bulk(client.contacts.list(), (item) => exactly<Contact>()(item));

export const repeat: BulkRepeat[] = ['unknown', 'rejected'];
export const every: Required<BulkOptions> = {
  concurrency: 10,
  budgetMs: 20_000,
  checkpoint: { version: 1, total: 2, states: 'f u' },
  repeat,
  onCheckpoint: async (checkpoint) => exactly<BulkCheckpoint>()(checkpoint),
  onProgress: (progress) => exactly<BulkProgress>()(progress),
  signal,
};
bulk(contacts, () => {}, every);
bulk(contacts, () => {}, { checkpoint: null, signal: undefined, budgetMs: undefined });
bulk(contacts, () => {}, { checkpoint: JSON.parse('null'), onCheckpoint: (checkpoint) => JSON.stringify(checkpoint) });

const { results, counts, complete, checkpoint } = await bulk(
  contacts,
  (contact) => client.contacts.get(contact),
  every,
);
exactly<BulkResult<Contact>[]>()(results);
exactly<BulkCounts>()(counts);
exactly<boolean>()(complete);
exactly<1>()(checkpoint.version);
exactly<string>()(checkpoint.states);
exactly<number | undefined>()(checkpoint.total);
exactly<number | undefined>()(counts.total);

for (const result of results) {
  exactly<'fulfilled' | 'rejected' | 'pending' | 'restored'>()(result.status);
  switch (result.status) {
    case 'fulfilled':
      exactly<BulkFulfilled<Contact>>()(result);
      exactly<Contact>()(result.value);
      break;
    case 'rejected':
      exactly<BulkRejected>()(result);
      exactly<Outcome>()(result.outcome);
      exactly<unknown>()(result.error);
      break;
    case 'pending':
      exactly<BulkPending>()(result);
      exactly<unknown>()(result.error);
      break;
    case 'restored':
      exactly<BulkRestored>()(result);
      exactly<'fulfilled' | 'applied' | 'rejected' | 'unknown'>()(result.outcome);
      break;
    default:
      exactly<never>()(result);
  }
}

export const items: BulkItems<number> = [1, 2];
export const fn: BulkFunction<number, string> = (item, { index, signal }) => `${item} ${index} ${signal.aborted}`;
export const show = ({ done, total, perSecond, etaMs }: BulkProgress): string =>
  `${done} ${total} ${perSecond} ${etaMs}`;

try {
  await bulk(items, fn);
} catch (error) {
  if (error instanceof BulkError) {
    exactly<BulkRun<unknown>>()(error.run);
    exactly<Outcome>()(error.outcome);
    exactly<'BulkError'>()(error.name);
  }
}
