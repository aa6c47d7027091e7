// A program as it is written against the vendor's SDK: every class, method and type that it publishes and that a
// program needs. Only the name of the package is another when it is compiled and run here.
import VendorClient, {
  type Contact,
  type ContactFields,
  type ContactFilter,
  type ContactIdentifier,
  type CreateCustomFieldRequest,
  type CustomField,
  type FilterCondition,
  type GetMessageResponse,
  type MergeContactsRequest,
  type Message,
  type PaginationParams,
  type RespondIO,
  type RespondIOConfig,
  RespondIOError,
  type SendMessageRequest,
  type SpaceTag,
  type SpaceUser,
  type UpdateContactLifecycleRequest,
  type WhatsAppTemplateMessage,
} from '@respond-io/typescript-sdk';

/** What the program has seen, line by line. */
export async function program(config: RespondIOConfig): Promise<string[]> {
  const lines: string[] = [];
  const client: RespondIO = new VendorClient(config);
  const mei: ContactIdentifier = 'email:mei@example.com';

  const fields: ContactFields = {
    firstName: 'Mei',
    lastName: null,
    custom_fields: [
      { name: 'Plan', value: 'gold' },
      { name: 'Seats', value: 4 },
      { name: 'Trial', value: false },
    ],
  };
  const created = await client.contacts.create(mei, fields);
  lines.push(`created: ${created.message}`);
  const contact: Contact = await client.contacts.get(mei);
  const identifier: ContactIdentifier = `id:${contact.id}`;
  lines.push(`${contact.firstName.toUpperCase()} since ${new Date(contact.created_at * 1000).getUTCFullYear()}`);
  lines.push(contact.assignee?.email ?? 'nobody', contact.email ?? 'no email');
  const updated = await client.contacts.update(identifier, { language: 'ms' });
  const upserted = await client.contacts.createOrUpdate('phone:+60123456789', { firstName: 'Aida' });
  const merge: MergeContactsRequest = { contactIds: [updated.contactId, upserted.contactId], phone: '+60123456789' };
  await client.contacts.merge(merge);

  const condition: FilterCondition = {
    category: 'contactField',
    field: 'Seats',
    operator: 'isBetween',
    value: { from: '1', to: '9' },
  };
  const filter: ContactFilter = { search: 'mei', timezone: 'Asia/Kuala_Lumpur', filter: { $and: [condition] } };
  const paging: PaginationParams = { limit: 20, cursorId: 0 };
  const { items, pagination } = await client.contacts.list(filter, paging);
  for (const { id, firstName } of items) lines.push(`${id} ${firstName}`);
  lines.push(pagination.next ?? 'the end');
  await client.contacts.addTags(identifier, ['vip', 'gold']);
  await client.contacts.deleteTags(identifier, ['silver']);
  for (const channel of (await client.contacts.listChannels(identifier)).items) lines.push(channel.source);
  const lifecycle: UpdateContactLifecycleRequest = { name: 'Customer' };
  lines.push((await client.contacts.updateLifecycle(identifier, lifecycle)).message);

  const template: WhatsAppTemplateMessage = {
    type: 'whatsapp_template',
    template: {
      name: 'welcome',
      languageCode: 'en',
      components: [{ type: 'body', text: 'Hello {{1}}', parameters: [{ type: 'text', text: 'Mei' }] }],
    },
  };
  const messages: Message[] = [
    template,
    { type: 'text', text: 'Hello', messageTag: 'ACCOUNT_UPDATE' },
    { type: 'attachment', attachment: { type: 'image', url: 'https://example.com/a.png' } },
    { type: 'quick_reply', title: 'Which?', replies: ['This', 'That'] },
    { type: 'custom_payload', payload: { anything: true } },
    { type: 'email', text: 'Hello', subject: 'A word', cc: ['a@example.com'], attachments: [] },
  ];
  for (const message of messages) {
    const request: SendMessageRequest = { channelId: 2, message };
    const { messageId } = await client.messaging.send(identifier, request);
    const sent: GetMessageResponse = await client.messaging.get(identifier, messageId);
    lines.push(`${sent.traffic} ${sent.message.type}`);
  }
  lines.push(`${(await client.messaging.list(identifier, { limit: 5 })).items.length} messages`);

  const comment = await client.comments.create(identifier, { text: 'Ask {{@user.5}}' });
  lines.push(comment.text);
  await client.conversations.assign(identifier, { assignee: 5 });
  await client.conversations.assign(identifier, { assignee: 'mei@example.com' });
  await client.conversations.assign(identifier, { assignee: null });
  await client.conversations.updateStatus(identifier, { status: 'close', category: 'Resolved', summary: 'Paid' });

  const users = await client.space.listUsers({ limit: 50 });
  const owner: SpaceUser | undefined = users.items.find(({ role }) => role === 'owner');
  lines.push(owner?.team?.name ?? 'no team');
  lines.push((await client.space.getUser(5)).email);
  const priority: CreateCustomFieldRequest = { name: 'Priority', dataType: 'list', allowedValues: ['Low', 'High'] };
  const field: CustomField = await client.space.createCustomField(priority);
  lines.push((await client.space.getCustomField(field.id)).dataType);
  await client.space.listCustomFields();
  for (const note of (await client.space.listClosingNotes()).items) lines.push(note.category);
  for (const { id, name } of (await client.space.listChannels()).items) {
    const templates = await client.space.listTemplates(id, { limit: 1 });
    lines.push(`${name}: ${templates.items.map(({ languageCode }) => languageCode).join()}`);
  }
  const tag: SpaceTag = await client.space.createTag({ name: 'silver', colorCode: '#FF5733', emoji: '⭐' });
  await client.space.updateTag({ currentName: tag.name, name: 'bronze' });
  lines.push((await client.space.deleteTag({ name: 'bronze' })).message);
  lines.push(`deleted ${(await client.contacts.delete(identifier)).contactId}`);

  try {
    await client.contacts.get('id:404');
  } catch (error) {
    if (!(error instanceof RespondIOError)) throw error;
    const is = [error.isNotFoundError(), error.isRateLimitError(), error.isAuthError(), error.isServerError()];
    lines.push(`${error.statusCode} ${error.code} ${is.join()} ${error.isValidationError()}`);
    lines.push(`${error.rateLimitInfo?.remaining} left, ${error.rateLimitInfo?.retryAfter ?? 'no wait'}`);
    lines.push(Object.keys(error.toJSON()).join());
  }
  return lines;
}
