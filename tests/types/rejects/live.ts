// The entry `/live`: arguments that the service would refuse.
import { all, RespondIO, where } from 'respond-io-wasm/live';

const client = new RespondIO({ apiToken: 'token' });

// @ts-expect-error
client.contacts.get('1');
// @ts-expect-error
client.contacts.create('email:a@b.c', { lastName: 'B' });
// @ts-expect-error
client.contacts.create({ firstName: 'A' });
// @ts-expect-error
client.contacts.update('id:1', { customFields: [] });
// @ts-expect-error
client.contacts.update('id:1', { firstName: null });
// @ts-expect-error
client.contacts.merge({ primaryContactId: 1, secondaryContactId: 2 });
// @ts-expect-error
client.contacts.list();
// @ts-expect-error
client.contacts.list({ filter: {} });
// @ts-expect-error
client.contacts.updateLifecycle('id:1', 'Lead');
// @ts-expect-error
client.messaging.send('id:1', { message: { type: 'text' } });
// @ts-expect-error
client.messaging.send('id:1', { message: { type: 'quick_reply', text: '?', quickReplies: [] } });
// @ts-expect-error
client.messaging.send('id:1', { message: { type: 'text', text: 'Hi', messageTag: 'OTHER' } });
// @ts-expect-error
client.messaging.get('id:1', '7');
// @ts-expect-error
client.comments.create('id:1', 'Hi');
// @ts-expect-error
client.conversations.assign('id:1', { assignee: undefined });
// @ts-expect-error
client.conversations.updateStatus('id:1', { status: 'snoozed' });
// @ts-expect-error
client.space.createCustomField({ name: 'Plan', type: 'text' });
// @ts-expect-error
client.space.deleteTag(1);
// @ts-expect-error
client.space.listTemplates();
// @ts-expect-error
client.tags.create({ name: 'a' });

// @ts-expect-error
where.field('age', 'isBetween', '1');
// @ts-expect-error
where.field('age', 'isGreaterThan', 17);
// @ts-expect-error
where.field('email', 'exists', 'a');
// @ts-expect-error
where.tags('hasAnyOf', 'vip');
// @ts-expect-error
where.tags('isLike', 'vip');
// @ts-expect-error
where.lifecycle('isEqualTo');
// @ts-expect-error
all('age > 17');
