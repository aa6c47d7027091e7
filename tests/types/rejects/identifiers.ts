// Every operation on a contact, with what is no identifier.
import type { MessageSend, RespondIO } from 'respond-io-wasm';

declare const client: RespondIO;
declare const message: MessageSend;
declare const text: string;
declare const nobody: null;

// @ts-expect-error
client.contacts.createOrUpdate('1', {});
// @ts-expect-error
client.contacts.createOrUpdate('user:1', {});
// @ts-expect-error
client.contacts.createOrUpdate({ id: '1' }, {});
// @ts-expect-error
client.contacts.createOrUpdate({ id: 1, email: 'a@b' }, {});

// @ts-expect-error
client.contacts.get('1');
// @ts-expect-error
client.contacts.get('user:1');
// @ts-expect-error
client.contacts.get({ id: '1' });
// @ts-expect-error
client.contacts.get({ id: 1, email: 'a@b' });

// @ts-expect-error
client.contacts.update('1', {});
// @ts-expect-error
client.contacts.update('user:1', {});
// @ts-expect-error
client.contacts.update({ id: '1' }, {});
// @ts-expect-error
client.contacts.update({ id: 1, email: 'a@b' }, {});

// @ts-expect-error
client.contacts.delete('1');
// @ts-expect-error
client.contacts.delete('user:1');
// @ts-expect-error
client.contacts.delete({ id: '1' });
// @ts-expect-error
client.contacts.delete({ id: 1, email: 'a@b' });

// @ts-expect-error
client.contacts.addTags('1', ['vip']);
// @ts-expect-error
client.contacts.addTags('user:1', ['vip']);
// @ts-expect-error
client.contacts.addTags({ id: '1' }, ['vip']);
// @ts-expect-error
client.contacts.addTags({ id: 1, email: 'a@b' }, ['vip']);

// @ts-expect-error
client.contacts.deleteTags('1', ['vip']);
// @ts-expect-error
client.contacts.deleteTags('user:1', ['vip']);
// @ts-expect-error
client.contacts.deleteTags({ id: '1' }, ['vip']);
// @ts-expect-error
client.contacts.deleteTags({ id: 1, email: 'a@b' }, ['vip']);

// @ts-expect-error
client.contacts.listChannels('1');
// @ts-expect-error
client.contacts.listChannels('user:1');
// @ts-expect-error
client.contacts.listChannels({ id: '1' });
// @ts-expect-error
client.contacts.listChannels({ id: 1, email: 'a@b' });

// @ts-expect-error
client.messaging.send('1', message);
// @ts-expect-error
client.messaging.send('user:1', message);
// @ts-expect-error
client.messaging.send({ id: '1' }, message);
// @ts-expect-error
client.messaging.send({ id: 1, email: 'a@b' }, message);

// @ts-expect-error
client.messaging.get('1', 1);
// @ts-expect-error
client.messaging.get('user:1', 1);
// @ts-expect-error
client.messaging.get({ id: '1' }, 1);
// @ts-expect-error
client.messaging.get({ id: 1, email: 'a@b' }, 1);

// @ts-expect-error
client.conversations.updateStatus('1', { status: 'open' });
// @ts-expect-error
client.conversations.updateStatus('user:1', { status: 'open' });
// @ts-expect-error
client.conversations.updateStatus({ id: '1' }, { status: 'open' });
// @ts-expect-error
client.conversations.updateStatus({ id: 1, email: 'a@b' }, { status: 'open' });

// @ts-expect-error
client.conversations.assign('1', { assignee: null });
// @ts-expect-error
client.conversations.assign('user:1', { assignee: null });
// @ts-expect-error
client.conversations.assign({ id: '1' }, { assignee: null });
// @ts-expect-error
client.conversations.assign({ id: 1, email: 'a@b' }, { assignee: null });

// @ts-expect-error
client.comments.create('1', { text: 'Called back' });
// @ts-expect-error
client.comments.create('user:1', { text: 'Called back' });
// @ts-expect-error
client.comments.create({ id: '1' }, { text: 'Called back' });
// @ts-expect-error
client.comments.create({ id: 1, email: 'a@b' }, { text: 'Called back' });

// @ts-expect-error
client.contacts.get(1);
// @ts-expect-error
client.contacts.get('id:one');
// @ts-expect-error
client.contacts.get('ID:1');
// @ts-expect-error
client.contacts.get('aida@example.com');
// @ts-expect-error
client.contacts.get('+60123456789');
// @ts-expect-error
client.contacts.get('');
// @ts-expect-error
client.contacts.get(text);
// @ts-expect-error
client.contacts.get({});
// @ts-expect-error
client.contacts.get({ id: null });
// @ts-expect-error
client.contacts.get({ phone: 60123456789 });
// @ts-expect-error
client.contacts.get({ email: 'a@b', phone: '1' });
// @ts-expect-error
client.contacts.get({ identifier: 'id:1' });
// @ts-expect-error
client.contacts.get(['id:1']);
// @ts-expect-error
client.contacts.get(nobody);
// @ts-expect-error
client.contacts.get(undefined);
