// A list is a promise of a page and asynchronously iterable, nothing else.
import type { RespondIO } from 'respond-io-wasm';

declare const client: RespondIO;
const page = await client.contacts.list();

// @ts-expect-error
client.contacts.list().items;
// @ts-expect-error
client.contacts.list().nextPage();
// @ts-expect-error
client.contacts.list().map(({ id }) => id);
// @ts-expect-error
[...client.contacts.list()];
// @ts-expect-error
page.map(({ id }) => id);
// @ts-expect-error
[...page];
// @ts-expect-error
page.items = [];
// @ts-expect-error
page.pagination.next;
// @ts-expect-error
page.nextPage(2);
// @ts-expect-error
page.nextPage().items;
// @ts-expect-error
for await (const _ of client.customFields.list()) break;
// @ts-expect-error
for await (const _ of client.contacts.get('id:1')) break;
