// A list is awaited for a page and iterated for every item.
import type { Contact, ContactListQuery, Page, PagePromise, RespondIO, WithResponse } from 'respond-io-wasm';
import { exactly } from '../exact.js';

declare const client: RespondIO;
declare const signal: AbortSignal;

const page = await client.contacts.list({ limit: 50 });
exactly<Page<Contact>>()(page);
exactly<Contact[]>()(page.items);
exactly<boolean>()(page.hasNextPage());
exactly<PagePromise<Contact>>()(page.nextPage());
exactly<number | null | undefined>()(page.pagination.cursorId);
exactly<boolean | null | undefined>()(page.pagination.hasMore);
exactly<Promise<WithResponse<Page<Contact>>>>()(client.contacts.list().withResponse());

for await (const contact of client.contacts.list()) exactly<Contact>()(contact);
for await (const contact of page.nextPage()) exactly<Contact>()(contact);
client.contacts.list({ cursorId: undefined, limit: undefined }, { signal });
client.contacts.list(undefined, { signal });

export const query: ContactListQuery = { cursorId: 7 };
export const promised: Promise<Page<Contact>> = client.contacts.list();
export const iterable: AsyncIterable<Contact> = client.contacts.list();
exactly<Promise<number>>()(client.contacts.list().then(({ items }) => items.length));
