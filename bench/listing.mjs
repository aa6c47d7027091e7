// The most heap that a listing of so many contacts takes, by the iterator of `ours` or by a loop written by hand; prints
// bytes. The way and the number of contacts are its arguments.
//
// Pages differ in length, as a service's do. Were they alike, V8 would collect its young generation always at the same
// point of a page, and whether anything was alive there, which decides how far that generation grows, were chance.

import { argv } from 'node:process';
import { RespondIO } from 'respond-io-wasm';
import { DOCUMENTS } from './documents.mjs';

const [, , way, contacts] = argv;
const PER_PAGE = 100;
const TIMEOUT = 30_000;
const [, page] = DOCUMENTS['ASCII page'];
const LAST = Number(contacts) / PER_PAGE;
const pages = Array.from({ length: 37 }, (_, i) =>
  page.replaceAll('"lastName":"', `"lastName":"${'x'.repeat((i * 7) % 37)}`),
);

/** The service: a page with another cursor each time. */
async function fetch(url) {
  const number = Number(new URL(url).searchParams.get('cursorId') ?? 0) + 1;
  const hasMore = number < LAST;
  const text = pages[number % pages.length].replace(
    '"cursorId":250001700,"hasMore":true',
    `"cursorId":${number},"hasMore":${hasMore}`,
  );
  return new Response(text, { headers: { 'content-type': 'application/json' } });
}

async function* byHand(init) {
  for (let query = `limit=${PER_PAGE}`, hasMore = true; hasMore; ) {
    const { items, pagination } = await (await fetch(`https://api.respond.io/v2/contact/list?${query}`, init())).json();
    yield* items;
    hasMore = pagination.hasMore;
    query = `limit=${PER_PAGE}&cursorId=${pagination.cursorId}`;
  }
}

const client = new RespondIO({ apiToken: 'token', fetch, rateLimit: false });
const ways = {
  ours: () => client.contacts.list({ limit: PER_PAGE }),
  'a loop': () => byHand(() => ({})),
  'a loop with a timeout': () => byHand(() => ({ signal: AbortSignal.timeout(TIMEOUT) })),
};
let [seen, peak] = [0, 0];
for await (const _ of ways[way]()) {
  if (++seen % PER_PAGE === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
}
if (seen !== Number(contacts)) throw new Error(`${seen} contacts came`);
console.log(JSON.stringify(peak));
process.exit();
