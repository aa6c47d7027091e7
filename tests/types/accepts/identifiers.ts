// Every form of an identifier.
import type { Identifier, RespondIO, UserIdentifier } from 'respond-io-wasm';

declare const client: RespondIO;
declare const id: number;
declare const email: string;

client.contacts.get('id:1');
client.contacts.get('email:aida@example.com');
client.contacts.get('phone:+60123456789');
client.contacts.get(`id:${id}`);
client.contacts.get(`email:${email}`);
client.contacts.get({ id });
client.contacts.get({ email });
client.contacts.get({ phone: '+60123456789' });
client.contacts.get({ id: 1, email: undefined });

export const identifiers: Identifier[] = ['id:1', { id }, { email }, { phone: '60123456789' }];
export const user: UserIdentifier = `email:${email}`;
