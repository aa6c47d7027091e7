// Writes every contact as a line of CSV: node examples/node/export.mjs > contacts.csv

import { AuthenticationError, RespondIO } from 'respond-io-wasm';

const COLUMNS = ['id', 'firstName', 'lastName', 'email', 'phone'];

const client = new RespondIO({
  apiToken: process.env.RESPOND_IO_TOKEN,
  baseUrl: process.env.RESPOND_IO_BASE_URL,
});

try {
  console.log(COLUMNS.join(','));
  // Fetches 100 contacts a page and holds two pages at most, however many there are.
  for await (const contact of client.contacts.list()) {
    console.log(COLUMNS.map((column) => quote(contact[column])).join(','));
  }
} catch (error) {
  if (!(error instanceof AuthenticationError)) throw error;
  console.error('The token was refused: set RESPOND_IO_TOKEN.');
  process.exitCode = 1;
}

function quote(value) {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
