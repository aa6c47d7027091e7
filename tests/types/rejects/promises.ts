// A call is a promise, and its value is what the operation returns.
import type { RespondIO } from 'respond-io-wasm';

declare const client: RespondIO;
const { data, response } = await client.contacts.get('id:1').withResponse();
const deleted = await client.contacts.delete('id:1').withResponse();

// @ts-expect-error
client.contacts.get('id:1').firstName;
// @ts-expect-error
(await client.contacts.get('id:1')).withResponse();
// @ts-expect-error
data.name;
// @ts-expect-error
response.firstName;
// @ts-expect-error
deleted.data.id;
// @ts-expect-error
(await client.tags.update(1, { name: 'VIP' })).name;
// @ts-expect-error
(await client.contacts.listChannels('id:1')).items;
// @ts-expect-error
client.contacts.get('id:1').withResponse({ timeout: 1 });
