// A Cloudflare Worker that sends a WhatsApp template to every contact of a list, once each, a minute at a time.
//
// PUT /<name> with { template, contacts } starts a mailing, or wakes one that has stopped; GET /<name> tells how far it is.

import { BadRequestError, ConflictError, NotFoundError, RespondIO, ValidationError } from 'respond-io-wasm';
import { bulk } from 'respond-io-wasm/bulk';

export { Mailing } from './mailing.js';

/** What another contact need not meet as well; after anything else the run stops, so that an outage costs few contacts. */
const OF_ONE_CONTACT = [BadRequestError, ConflictError, NotFoundError, ValidationError];

/** The longest delay of a queue, in seconds. */
const MAX_DELAY = 43_200;

export default {
  async fetch(request, env) {
    if (!(await isAllowed(request, env))) return new Response(null, { status: 401 });
    const name = new URL(request.url).pathname.slice(1);
    if (request.method === 'PUT') return start(name, await request.json(), env);
    if (request.method !== 'GET') return new Response(null, { status: 405, headers: { allow: 'GET, PUT' } });
    const progress = await env.MAILINGS.getByName(name).progress();
    return progress ? Response.json(progress) : new Response(null, { status: 404 });
  },

  async queue({ messages }, env) {
    for (const message of messages) await consume(message, env);
  },
};

async function start(name, { template, contacts }, env) {
  if (!Array.isArray(contacts) || !contacts.every(Number.isSafeInteger)) {
    return new Response('The contacts must be an array of ids.\n', { status: 400 });
  }
  const list = { template, contacts: [...new Set(contacts)] };
  const turn = await env.MAILINGS.getByName(name).create(list);
  if (turn === undefined) return new Response('There is another list of this name.\n', { status: 409 });
  // A message of the queue has no room for the list, so it only names it.
  await env.QUEUE.send({ name, turn });
  return Response.json({ total: list.contacts.length }, { status: 202 });
}

async function consume(message, env) {
  const { name, turn } = message.body;
  const mailing = env.MAILINGS.getByName(name);
  const { isOver, busyMs, lease, ...list } = await mailing.begin(turn, 2 * env.BUDGET_MS);
  if (isOver) return;
  if (busyMs) return message.retry({ delaySeconds: Math.ceil(busyMs / 1000) });
  const save = (checkpoint) => mailing.save(lease, checkpoint);
  try {
    const { counts, complete, delaySeconds } = await sendSome(list, save, env);
    console.log(`${name}, turn ${turn}: ${counts.done} of ${counts.total}, ${counts.unknown} unknown`);
    if (!complete) await env.QUEUE.send({ name, turn: turn + 1 }, { delaySeconds });
  } finally {
    await mailing.end(lease);
  }
}

/** Sends to as many as the budget lets, and says after how many seconds to go on. */
async function sendSome({ template, contacts, checkpoint }, onCheckpoint, env) {
  const client = clientFor(env);
  const content = { channelId: env.CHANNEL_ID, message: { type: 'whatsapp_template', template } };
  const stop = new AbortController();
  // Another isolate may go on, and it knows nothing of the requests of the last second.
  let delaySeconds = 1;

  async function send(id) {
    try {
      // Not given the signal, those that are under way end in peace when the run stops.
      await client.messaging.send({ id }, content);
    } catch (error) {
      if (OF_ONE_CONTACT.some((kind) => error instanceof kind)) throw error;
      console.warn(error.message);
      delaySeconds = Math.max(delaySeconds, Math.ceil(error.retryAfter ?? env.TROUBLE_DELAY_SECONDS));
      stop.abort();
      if (error.outcome !== 'rejected') throw error;
      // A token that is refused, for example: nothing was done for this contact, whose turn comes again.
      throw Object.assign(new Error(error.message, { cause: error }), { outcome: 'not_sent' });
    }
  }

  // A Worker has six connections at a time. Without `repeat`, a contact that is unknown is left alone.
  const options = { checkpoint, onCheckpoint, budgetMs: env.BUDGET_MS, concurrency: 6, signal: stop.signal };
  const run = await bulk(contacts, send, options);
  return { ...run, delaySeconds: Math.min(delaySeconds, MAX_DELAY) };
}

function clientFor(env) {
  return new RespondIO({
    apiToken: env.RESPOND_IO_TOKEN,
    baseUrl: env.RESPOND_IO_BASE_URL,
    // A pause that is longer is not slept through by a consumer that is paid for: the queue waits.
    rateLimit: { limit: env.REQUESTS_PER_SECOND, maxWaitMs: env.MAX_WAIT_MS },
    // Those that the budget has let start end before the lease.
    totalTimeout: env.BUDGET_MS / 2,
  });
}

/** Compares digests, which are of one length, in constant time, so that nobody finds the key letter by letter. */
async function isAllowed(request, env) {
  // Without its secret the Worker would take "Bearer undefined".
  if (!env.MAILING_KEY) return false;
  const digest = (text) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const given = await digest(request.headers.get('authorization') ?? '');
  return crypto.subtle.timingSafeEqual(given, await digest(`Bearer ${env.MAILING_KEY}`));
}
