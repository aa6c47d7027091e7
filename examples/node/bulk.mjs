// Sends a text to every contact, once each: node examples/node/bulk.mjs 'We are open on Sunday.' sunday.json
//
// The file holds the list and how far it is. Ctrl-C stops; the same command then goes on, as it does after a crash.

import { readFile, rename, writeFile } from 'node:fs/promises';
import { AuthenticationError, RespondIO } from 'respond-io-wasm';
import { bulk } from 'respond-io-wasm/bulk';
import { ProgressBar } from './progress-bar.mjs';

const [text, file] = process.argv.slice(2);
if (!text || !file) {
  console.error("usage: node bulk.mjs 'the text' the-list.json");
  process.exit(2);
}

const client = new RespondIO({
  apiToken: process.env.RESPOND_IO_TOKEN,
  baseUrl: process.env.RESPOND_IO_BASE_URL,
});
const stop = new AbortController();
// Once: a second Ctrl-C ends the program at once. Even then nobody gets the text twice.
process.once('SIGINT', () => {
  process.exitCode = 130;
  stop.abort();
});

try {
  const list = (await load()) ?? (await newList());
  if (list.text !== text) throw new Error(`${file} is the list of another text: ${list.text}`);
  report(list.contacts, await sendAll(list));
} catch (error) {
  console.error(`${error.message}${error.cause ? `: ${error.cause.message}` : ''}`);
  process.exitCode = 1;
}

function sendAll({ contacts, checkpoint }) {
  const bar = new ProgressBar(process.stderr);
  // Not given the signal, the few that are under way end in peace, so that nobody has to wonder whether they were sent.
  const send = (id) => client.messaging.send({ id }, { message: { type: 'text', text } }).catch(stopWithoutToken);
  return bulk(contacts, send, {
    checkpoint,
    // Those that were refused got nothing, so they may be tried again. Those that are unknown are left alone.
    repeat: ['rejected'],
    signal: stop.signal,
    onCheckpoint: (checkpoint) => save({ text, contacts, checkpoint }),
    onProgress: (progress) => bar.show(progress),
  }).finally(() => bar.end());
}

/** A token that is refused is refused for every contact. */
function stopWithoutToken(error) {
  if (error instanceof AuthenticationError) stop.abort();
  throw error;
}

/** The list is made once and kept, since a checkpoint knows contacts by their place in it. */
async function newList() {
  const contacts = [];
  for await (const { id } of client.contacts.list({}, { signal: stop.signal })) contacts.push(id);
  const list = { text, contacts, checkpoint: null };
  await save(list);
  return list;
}

async function load() {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a new file and puts it in the place of the old one, so that there is a whole one at any moment. */
async function save(list) {
  const draft = `${file}.new`;
  await writeFile(draft, JSON.stringify(list), { flush: true });
  await rename(draft, file);
}

function report(contacts, { results, counts, complete }) {
  const { fulfilled, applied, rejected, unknown, pending } = counts;
  console.log(`${fulfilled + applied} sent, ${rejected} refused, ${unknown} unknown, ${pending} to go`);
  for (const [index, { outcome = 'fulfilled', error }] of results.entries()) {
    if (outcome !== 'fulfilled')
      console.log(`id:${contacts[index]} ${outcome}: ${error?.message ?? 'in an earlier run'}`);
  }
  if (!complete) console.log('The same command goes on.');
  if (!complete || rejected + unknown > 0) process.exitCode ??= 1;
}
