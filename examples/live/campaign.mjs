// Imports contacts from a CSV, tags them, sends each a template, watches the webhooks and exports what came of it:
//
//   node examples/live/campaign.mjs contacts.csv result.csv
//
// contacts.csv.progress holds how far it is: the same command goes on after a crash, and nobody gets the template twice.

import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { bulk } from 'respond-io-wasm/bulk';
import { all, RespondIO, where } from 'respond-io-wasm/live';
import { createWebhookHandler } from 'respond-io-wasm/webhooks';
import { toNode } from '../express/adapter.mjs';

const { RESPOND_IO_TOKEN, RESPOND_IO_BASE_URL, WEBHOOK_KEY, WEBHOOK_PORT, REQUESTS_PER_SECOND } = process.env;
const TAG = 'autumn';
const CHANNEL = 1;
const TEMPLATE = { name: 'order_update', languageCode: 'en' };
const [source, target] = process.argv.slice(2);
if (!source || !target) {
  console.error('usage: node campaign.mjs contacts.csv result.csv');
  process.exit(2);
}

const client = new RespondIO({
  apiToken: RESPOND_IO_TOKEN,
  baseUrl: RESPOND_IO_BASE_URL,
  rateLimit: { limit: Number(REQUESTS_PER_SECOND ?? 5) },
});
const sent = new Set();
const server = await watch(({ message }) => sent.add(message?.contactId));
try {
  const rows = parse(await readFile(source, 'utf8'));
  const progress = await load();
  await step('import', rows, (row) => client.contacts.createOrUpdate(`email:${row.email}`, fieldsOf(row)), progress);
  await step('tag', rows, (row) => client.contacts.addTags(`email:${row.email}`, [TAG]), progress);
  await step('send', rows, (row) => client.messaging.send(`email:${row.email}`, template(row)), progress);
  await untilQuiet(sent);
  console.log(`${await exportTagged()} contacts exported, ${sent.size} sends seen by the webhook`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  server.close();
  server.closeAllConnections();
}

/** Hears of every message that goes out; the dashboard has this address and gives the key. */
async function watch(onSent) {
  const handler = createWebhookHandler({ keys: WEBHOOK_KEY, on: { 'message.sent': onSent } });
  const server = createServer(toNode(handler, 'https://example.com'));
  await new Promise((resolve) => server.listen(Number(WEBHOOK_PORT ?? 8080), '127.0.0.1', resolve));
  return server;
}

/** Webhooks come after what they tell of: waits until none has come for a second. */
async function untilQuiet(seen) {
  for (let before = -1; before < seen.size; ) {
    before = seen.size;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Does one thing for every row and says what came of it; what is done already is left alone. */
async function step(name, rows, work, progress) {
  const { counts, results } = await bulk(rows, work, {
    checkpoint: progress[name] ?? null,
    repeat: ['rejected'],
    onCheckpoint: async (checkpoint) => {
      progress[name] = checkpoint;
      await save(progress);
    },
  });
  const { fulfilled, rejected, unknown, pending } = counts;
  console.log(`${name}: ${fulfilled} done, ${rejected} refused, ${unknown} unknown, ${pending} to go`);
  for (const { error } of results) if (error) console.error(error.message);
  if (rejected + unknown + pending > 0) process.exitCode = 1;
}

async function exportTagged() {
  const query = { timezone: 'UTC', filter: all(where.tags('hasAnyOf', [TAG])) };
  const lines = ['id,firstName,lastName,email'];
  for await (const { id, firstName, lastName, email } of client.contacts.list(query)) {
    lines.push([id, firstName, lastName, email].map(quoted).join(','));
  }
  await writeFile(target, `${lines.join('\n')}\n`);
  return lines.length - 1;
}

function template({ firstName }) {
  const parameters = [{ type: 'text', text: firstName }];
  const components = [{ type: 'body', parameters }];
  return { channelId: CHANNEL, message: { type: 'whatsapp_template', template: { ...TEMPLATE, components } } };
}

function fieldsOf({ firstName, lastName, phone }) {
  return { firstName, lastName, ...(phone && { phone }) };
}

/** Rows of a CSV with a heading; a cell in quotes may hold commas. */
function parse(text) {
  const [heading, ...lines] = text.split(/\r?\n/).filter(Boolean).map(cells);
  return lines.map((line) => Object.fromEntries(heading.map((name, i) => [name, line[i] ?? ''])));
}

function cells(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
  );
}

/** A cell that a spreadsheet could take for a formula is a text there. */
function quoted(value) {
  const text = String(value ?? '').replace(/^[=+@\t\r-]/, "'$&");
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function load() {
  try {
    return JSON.parse(await readFile(`${source}.progress`, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}

/** Puts a whole new file in the place of the old one. */
async function save(progress) {
  await writeFile(`${source}.progress.new`, JSON.stringify(progress), { flush: true });
  await rename(`${source}.progress.new`, `${source}.progress`);
}
