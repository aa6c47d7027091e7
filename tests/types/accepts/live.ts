// The entry `/live`: what is sent is strict, what is received is open, filters fit their operators.
import type { ContactPage as ContractPage } from 'respond-io-wasm';
import { NotFoundError, type Page, type PagePromise } from 'respond-io-wasm';
import {
  all,
  any,
  type Channel,
  type Contact,
  type ContactFilter,
  type Filter,
  type FilterCondition,
  type GetMessageResponse,
  type Pagination,
  RespondIO,
  RespondIOError,
  ready,
  where,
} from 'respond-io-wasm/live';
import type { MessageReceived } from 'respond-io-wasm/webhooks';
import { exactly } from '../exact.js';

const client = new RespondIO({ apiToken: () => 'token', rateLimit: { maxWaitMs: 0 }, onRetry: () => {} });
declare const signal: AbortSignal;

const contact = await client.contacts.get({ email: 'a@b.c' }, { signal, timeout: 5 });
exactly<number>()(contact.id);
exactly<string>()(contact.firstName);
exactly<string | null | undefined>()(contact.lastName);
exactly<string | { [name: string]: unknown } | null | undefined>()(contact.lifecycle);
exactly<number>()((await client.contacts.create('email:a@b.c', { firstName: 'A' }).withResponse()).attempts);
exactly<string | number>()((await client.contacts.updateLifecycle('id:1', { name: null })).code);

const message = await client.messaging.get('id:1', 1783996922700277);
exactly<string | number | null | undefined>()(message.channelMessageId);
const statuses = Array.isArray(message.status) ? message.status : [message.status];
for (const status of statuses) console.log(status?.value, status?.timestamp);

const filter: ContactFilter = { timezone: 'UTC', filter: all(where.field('age', 'isBetween', { from: '1', to: '5' })) };
const list = client.contacts.list(filter, { limit: 9 }, { signal });
exactly<PagePromise<Contact, Pagination>>()(list);
const page: Page<Contact, Pagination> = await list;
exactly<string | null | undefined>()(page.pagination.next);
exactly<PagePromise<Contact, Pagination>>()(page.nextPage());
for await (const item of client.contacts.list(filter)) exactly<Contact>()(item);
for await (const item of client.contacts.listChannels('id:1')) exactly<Channel>()(item);
for await (const item of client.messaging.list('id:1')) exactly<GetMessageResponse>()(item);
for await (const { id } of client.space.listTemplates(2)) exactly<number>()(id);

exactly<FilterCondition>()(where.tags('hasAllOf', ['vip']));
exactly<FilterCondition>()(where.lifecycle('doesNotExist'));
exactly<Filter>()(any(where.field('email', 'exists'), where.field('name', 'isEqualTo', 'A')));

await client.conversations.assign('id:1', { assignee: 5 });
await client.conversations.updateStatus('id:1', { status: 'open' });
await client.comments.create('id:1', { text: 'Hi' });
await client.space.updateTag({ currentName: 'a', emoji: '⭐' });
await ready();

export const received: Contact | null | undefined = ({} as MessageReceived).contact;
export const other: ContractPage = {};

export function explain(error: unknown): string | undefined {
  if (error instanceof NotFoundError) return error.reason;
  if (!(error instanceof RespondIOError)) return undefined;
  if (error.reason === 'window_closed') return `${error.operation} needs a template`;
  return error.isRateLimitError() ? `wait ${error.rateLimitInfo?.retryAfter}` : String(error.code);
}
