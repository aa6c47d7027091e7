// Looks a contact up. The page has no token: its own server adds it, see server.mjs.

import { NotFoundError, RespondIO, ValidationError } from 'respond-io-wasm';

const client = new RespondIO({ baseUrl: '/api/respond' });
const form = document.querySelector('form');
const output = document.querySelector('output');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  output.value = await find(new FormData(form).get('email'));
});

async function find(email) {
  try {
    const contact = await client.contacts.get({ email });
    return `${contact.firstName ?? 'Somebody'} is contact ${contact.id}.`;
  } catch (error) {
    if (error instanceof NotFoundError) return 'Nobody has this email.';
    if (error instanceof ValidationError) return 'This is not an email.';
    throw error;
  }
}
