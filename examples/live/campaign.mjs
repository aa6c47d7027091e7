// Imports contacts from a CSV, tags them, sends each a template, watches the webhooks until all have come, and writes
// what came of each row:
//
//   node examples/live/campaign.mjs contacts.csv result.csv
//
// contacts.csv.progress holds how far it is: the same command goes on after a crash, and nobody gets the template twice.

import { createHash } from 'node:crypto';
import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { bulk } from 'respond-io-wasm/bulk';
import { all, RespondIO, where } from 'respond-io-wasm/live';
import { createWebhookHandler } from 'respond-io-wasm/webhooks';
import { toNode } from '../express/adapter.mjs';
import { format, parse } from './csv.mjs';

const { RESPOND_IO_TOKEN, RESPOND_IO_BASE_URL, WEBHOOK_KEY, WEBHOOK_PORT, REQUESTS_PER_SECOND } = process.env;
const TAG = 'autumn';
const CHANNEL = 1;
const TEMPLATE = { name: 'order_update', languageCode: 'en' };
/** For how long no webhook comes before those that are missing are asked for. */
const QUIET_MS = Number(process.env.QUIET_SECONDS ?? 10) * 1000;
/** By how much the service's clock may be behind this one. */
const CLOCK_SKEW_MS = 5 * 60_000;
const [source, target] = process.argv.slice(2);
if (!source || !target || !WEBHOOK_KEY) {
  console.error('usage: WEBHOOK_KEY=… node campaign.mjs contacts.csv result.csv');
  process.exit(2);
}

const client = new RespondIO({
  apiToken: RESPOND_IO_TOKEN,
  baseUrl: RESPOND_IO_BASE_URL,
  rateLimit: { limit: Number(REQUESTS_PER_SECOND ?? 5) },
});
/** Why a row is left out: it is told, and an end. */
class LeftOut extends Error {
  outcome = 'rejected';
}

try {
  const rows = parse(await readFile(source, 'utf8')).map((row) => ({ ...row, contact: nameOf(row) }));
  const progress = await load(rows);
  const told = new Set((await read(`${source}.told`))?.split('\n').filter(Boolean).map(Number));
  const server = await watch(told);
  try {
    const imported = await step('import', rows, importOne(rows), progress, ['rejected', 'unknown']);
    const isThere = ({ status, outcome }) => status === 'fulfilled' || ['fulfilled', 'applied'].includes(outcome);
    const theirs = (work) => (row, context) => {
      if (!isThere(imported[context.index])) throw new LeftOut('it was not imported');
      return work(row, context);
    };
    const tag = ({ contact }) => client.contacts.addTags(contact, [TAG]);
    await step('tag', rows, theirs(tag), progress, ['rejected', 'unknown']);
    await step('send', rows, theirs(sendOne(progress)), progress, ['rejected', 'unknown']);
    await untilTold(progress.sent, told);
    await report(rows, progress, told);
  } finally {
    server.close();
    server.closeAllConnections();
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** By what a row's contact is known: its email or, without one, its phone number. */
function nameOf({ email, phone }) {
  return email ? `email:${email.toLowerCase()}` : `phone:${phone}`;
}

/** Makes the row's contact, or brings it up to date. A second row of the same contact would get a second message. */
function importOne(rows) {
  const first = new Map(rows.map(({ contact }, index) => [contact, index]).reverse());
  return ({ contact, firstName, lastName, phone }, { index }) => {
    if (first.get(contact) !== index) throw new LeftOut(`it is the contact of line ${rows[first.get(contact)].line}`);
    return client.contacts.createOrUpdate(contact, { firstName, lastName, ...(phone && { phone }) });
  };
}

/** Sends a row's contact the template. Where a crash left it open whether that was done, it looks first. */
function sendOne(progress) {
  return async (row, { index, before }) => {
    const earlier = before === 'unknown' ? await sentBefore(row.contact, progress.since) : undefined;
    progress.sent[index] = (earlier ?? (await client.messaging.send(row.contact, template(row)))).messageId;
  };
}

/** The template among a contact's newest messages, where it was sent since a moment. */
async function sentBefore(contact, since) {
  const { items } = await client.messaging.list(contact, { limit: 50 });
  return items.find(({ traffic, message, timestamp }) => {
    const isNew = timestamp == null || Number(timestamp) * 1000 >= since - CLOCK_SKEW_MS;
    return traffic === 'outgoing' && message.template?.name === TEMPLATE.name && isNew;
  });
}

function template({ firstName }) {
  const parameters = [{ type: 'text', text: firstName }];
  const components = [{ type: 'body', parameters }];
  return { channelId: CHANNEL, message: { type: 'whatsapp_template', template: { ...TEMPLATE, components } } };
}

/** Does one thing for every row and says what came of it; what is done already is left alone. */
async function step(name, rows, work, progress, repeat) {
  const { counts, results } = await bulk(rows, work, {
    checkpoint: progress[name] ?? null,
    repeat,
    onCheckpoint: async (checkpoint) => {
      progress[name] = checkpoint;
      await save(progress);
    },
  });
  const { fulfilled, rejected, unknown, pending } = counts;
  console.log(`${name}: ${fulfilled} done, ${rejected} refused, ${unknown} unknown, ${pending} to go`);
  results.forEach(({ error }, index) => {
    if (!error || progress.why[index]) return;
    progress.why[index] = `${name}: ${error.message}`;
    console.error(`line ${rows[index].line}: ${progress.why[index]}`);
  });
  if (rejected + unknown + pending > 0) process.exitCode = 1;
  return results;
}

/** Hears of every message that goes out; the dashboard has this address and gives the key. */
async function watch(told) {
  const onSent = async ({ message }) => {
    // The answer is 200 when this has ended: what was told survives a crash.
    await appendFile(`${source}.told`, `${message?.messageId}\n`);
    told.add(Number(message?.messageId));
  };
  const handler = createWebhookHandler({ keys: WEBHOOK_KEY, on: { 'message.sent': onSent } });
  const server = createServer(toNode(handler, 'https://example.com'));
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(Number(WEBHOOK_PORT ?? 8080), '127.0.0.1', resolve);
  });
  return server;
}

/** Webhooks come after what they tell of: waits until all have come, or none has come for a while. */
async function untilTold(sent, told) {
  const isMissing = () => Object.values(sent).some((id) => !told.has(id));
  for (let [size, since] = [told.size, Date.now()]; isMissing() && Date.now() - since < QUIET_MS; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (told.size > size) [size, since] = [told.size, Date.now()];
  }
}

/** Writes what came of each row. What no webhook told, since this program was down, is asked for. */
async function report(rows, { sent, why }, told) {
  const tagged = new Map();
  for await (const contact of client.contacts.list({ timezone: 'UTC', filter: all(where.tags('hasAnyOf', [TAG])) })) {
    for (const name of [nameOf(contact), `phone:${contact.phone}`]) tagged.set(name, contact);
  }
  const lines = [];
  for (const [index, { line, contact, firstName, lastName, email, phone }] of rows.entries()) {
    const id = sent[index];
    const status = id === undefined ? undefined : told.has(id) ? 'told' : await statusOf(contact, id);
    const number = id === undefined ? undefined : tagged.get(contact)?.id;
    lines.push([
      line,
      number,
      firstName,
      lastName,
      email,
      phone,
      id,
      status,
      id === undefined ? why[index] : undefined,
    ]);
  }
  const heading = ['line', 'id', 'firstName', 'lastName', 'email', 'phone', 'messageId', 'status', 'why'];
  await writeFile(target, format([heading, ...lines]));
  const count = Object.values(sent).filter((id) => told.has(id)).length;
  console.log(
    `${Object.keys(sent).length} messages sent, ${count} of them told by webhooks, ${lines.length} rows written`,
  );
}

async function statusOf(contact, messageId) {
  const { status } = await client.messaging.get(contact, messageId);
  return [status].flat().at(-1)?.value ?? 'asked';
}

/** How far an earlier run has come. A checkpoint knows rows by their places: those of another list would be mixed up. */
async function load(rows) {
  const list = createHash('sha256')
    .update(JSON.stringify(rows.map(({ contact }) => contact)))
    .digest('hex');
  const text = await read(`${source}.progress`);
  const progress = text ? JSON.parse(text) : { list, since: Date.now(), sent: {} };
  if (progress.list !== list) throw new Error(`${source} has changed: put rows that are new into a file of their own`);
  return { ...progress, why: {} };
}

async function read(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Puts a whole new file in the place of the old one. */
async function save({ why, ...progress }) {
  await writeFile(`${source}.progress.new`, JSON.stringify(progress), { flush: true });
  await rename(`${source}.progress.new`, `${source}.progress`);
}
