// Creates a contact, tags it and leaves a comment for the team:
// deno run --allow-env=RESPOND_IO_TOKEN,RESPOND_IO_BASE_URL --allow-net=api.respond.io \
//   examples/deno/welcome.ts aida@example.com Aida

import { type Contact, type Identifier, RespondIO, ValidationError } from 'respond-io-wasm';

const [email, firstName] = Deno.args;
if (!email || !firstName) throw new Error('usage: welcome.ts <email> <first name>');

const client = new RespondIO({
  apiToken: Deno.env.get('RESPOND_IO_TOKEN'),
  baseUrl: Deno.env.get('RESPOND_IO_BASE_URL'),
});

try {
  const contact = await welcome({ email }, firstName);
  console.log(`contact ${contact.id}: ${contact.firstName}, ${contact.tags?.join(', ')}`);
} catch (error) {
  if (!(error instanceof ValidationError)) throw error;
  console.error(`${error.path} breaks the rule ${error.rule}`);
  Deno.exit(1);
}

async function welcome(identifier: Identifier, firstName: string): Promise<Contact> {
  await client.contacts.createOrUpdate(identifier, { firstName });
  await client.contacts.addTags(identifier, ['newcomer']);
  await client.comments.create(identifier, { text: `Please welcome ${firstName}.` });
  return client.contacts.get(identifier);
}
