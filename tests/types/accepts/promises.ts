// A call is a promise that can also give the raw response.
import type { ApiPromise, Channel, Contact, Message, RespondIO, WithResponse } from 'respond-io-wasm';
import { exactly } from '../exact.js';

declare const client: RespondIO;

const { data, response } = await client.contacts.get('id:1').withResponse();
exactly<Contact>()(data);
exactly<Response>()(response);
exactly<Promise<WithResponse<void>>>()(client.contacts.delete('id:1').withResponse());
exactly<Promise<WithResponse<Channel[]>>>()(client.contacts.listChannels('id:1').withResponse());
exactly<Contact>()(await client.contacts.get('id:1'));

export const call: ApiPromise<Contact> = client.contacts.get('id:1');
export const promise: Promise<Contact> = call;
exactly<Promise<number | null | undefined>>()(call.then(({ id }) => id));
exactly<Promise<Contact | undefined>>()(call.catch(() => undefined));
exactly<Promise<Contact>>()(call.finally(() => {}));
exactly<Promise<[Contact, Message]>>()(Promise.all([call, client.messaging.get('id:1', 1)]));
