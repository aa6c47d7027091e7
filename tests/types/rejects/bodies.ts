// Every operation with a body or a number, with what is neither.
import type { RespondIO } from 'respond-io-wasm';

declare const client: RespondIO;

// @ts-expect-error
client.contacts.create();
// @ts-expect-error
client.contacts.create('Aida');
// @ts-expect-error
client.contacts.create({ firstName: 1 });
// @ts-expect-error
client.contacts.create({ firstName: null });
// @ts-expect-error
client.contacts.create({ firstname: 'Aida' });
// @ts-expect-error
client.contacts.create({ id: 1, firstName: 'Aida' });
// @ts-expect-error
client.contacts.create({ tags: ['vip'] });
// @ts-expect-error
client.contacts.create({ customFields: { Plan: 'gold' } });
// @ts-expect-error
client.contacts.create({ customFields: [{ name: 'Plan', value: 1 }] });
// @ts-expect-error
client.contacts.create({ customFields: [{ name: 'Plan' }] });
// @ts-expect-error
client.contacts.create({ customFields: [{ name: 'Plan', value: 'gold', id: 1 }] });

// @ts-expect-error
client.contacts.createOrUpdate('id:1');
// @ts-expect-error
client.contacts.createOrUpdate({ firstName: 'Aida' });
// @ts-expect-error
client.contacts.createOrUpdate('id:1', { phone: 60123456789 });
// @ts-expect-error
client.contacts.createOrUpdate('id:1', { nickname: 'Ai' });

// @ts-expect-error
client.contacts.list({ limit: '50' });
// @ts-expect-error
client.contacts.list({ cursorId: 'abc' });
// @ts-expect-error
client.contacts.list({ cursor: 7 });
// @ts-expect-error
client.contacts.list({ limit: null });
// @ts-expect-error
client.contacts.list(50);

// @ts-expect-error
client.contacts.get();
// @ts-expect-error
client.contacts.get('id:1', { firstName: 'Aida' });

// @ts-expect-error
client.contacts.update('id:1');
// @ts-expect-error
client.contacts.update('id:1', { email: ['aida@example.com'] });
// @ts-expect-error
client.contacts.update('id:1', { assignee: 'email:agent@example.com' });
// @ts-expect-error
client.contacts.update({ id: 1, firstName: 'Aida' });

// @ts-expect-error
client.contacts.delete();
// @ts-expect-error
client.contacts.delete('id:1', true);

// @ts-expect-error
client.contacts.merge({ primaryContactId: 1 });
// @ts-expect-error
client.contacts.merge({ primaryContactId: '1', secondaryContactId: 2 });
// @ts-expect-error
client.contacts.merge({ primaryContactId: 'id:1', secondaryContactId: 'id:2' });
// @ts-expect-error
client.contacts.merge({ primaryContactId: 1, secondaryContactId: 2, firstName: 'Aida' });
// @ts-expect-error
client.contacts.merge(1, 2);

// @ts-expect-error
client.contacts.addTags('id:1');
// @ts-expect-error
client.contacts.addTags('id:1', 'vip');
// @ts-expect-error
client.contacts.addTags('id:1', [1]);
// @ts-expect-error
client.contacts.addTags('id:1', [{ name: 'vip' }]);
// @ts-expect-error
client.contacts.addTags('id:1', { tags: ['vip'] });

// @ts-expect-error
client.contacts.deleteTags('id:1');
// @ts-expect-error
client.contacts.deleteTags('id:1', 'vip');
// @ts-expect-error
client.contacts.deleteTags('id:1', [null]);

// @ts-expect-error
client.contacts.listChannels();
// @ts-expect-error
client.contacts.listChannels('id:1', { limit: 10 });

// @ts-expect-error
client.messaging.send('id:1');
// @ts-expect-error
client.messaging.send('id:1', 'Hello');
// @ts-expect-error
client.messaging.send('id:1', { type: 'text', text: 'Hello' });
// @ts-expect-error
client.messaging.send('id:1', { channelId: '5', message: { type: 'text', text: 'Hello' } });
// @ts-expect-error
client.messaging.send('id:1', { channelId: null, message: { type: 'text', text: 'Hello' } });
// @ts-expect-error
client.messaging.send('id:1', { channel: 5, message: { type: 'text', text: 'Hello' } });

// @ts-expect-error
client.messaging.get('id:1');
// @ts-expect-error
client.messaging.get('id:1', '1');
// @ts-expect-error
client.messaging.get('id:1', { messageId: 1 });

// @ts-expect-error
client.comments.create('id:1');
// @ts-expect-error
client.comments.create('id:1', 'Called back');
// @ts-expect-error
client.comments.create('id:1', { text: null });
// @ts-expect-error
client.comments.create('id:1', { text: 'Called back', author: 'Aida' });

// @ts-expect-error
client.tags.create('vip');
// @ts-expect-error
client.tags.create({});
// @ts-expect-error
client.tags.create({ name: undefined });
// @ts-expect-error
client.tags.create({ name: 'vip', colour: 'red' });

// @ts-expect-error
client.tags.update('1', { name: 'VIP' });
// @ts-expect-error
client.tags.update('id:1', { name: 'VIP' });
// @ts-expect-error
client.tags.update(1);
// @ts-expect-error
client.tags.update(1, { id: '1', name: 'VIP' });

// @ts-expect-error
client.tags.delete('1');
// @ts-expect-error
client.tags.delete({ id: 1 });
// @ts-expect-error
client.tags.delete();

// @ts-expect-error
client.customFields.list({ limit: 10 });
// @ts-expect-error
client.customFields.list('text');

// @ts-expect-error
client.customFields.create({ name: 'Plan' });
// @ts-expect-error
client.customFields.create({ type: 'text' });
// @ts-expect-error
client.customFields.create({ name: 'Plan', type: 'colour' });
// @ts-expect-error
client.customFields.create({ name: 'Plan', type: 'list', options: 'gold' });
// @ts-expect-error
client.customFields.create({ name: 'Plan', type: 'list', values: ['gold'] });
