// What `bulk-runtimes.test.mjs` runs in each runtime: a list that a budget stops and that another run ends.

import { RespondIO, ready } from 'respond-io-wasm';
import { BulkError, bulk } from 'respond-io-wasm/bulk';
import { createSandbox } from 'respond-io-wasm/sandbox';

/** Gives what came of it, as JSON. */
export async function program() {
  // Loaded before time counts.
  await ready();
  const sandbox = await createSandbox({ seed: { count: 1 }, rateLimit: false });
  const client = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch, rateLimit: false });
  const told = [];
  const saved = [];
  const send = async (number, { signal }) => {
    if (number === 5) await new Promise((resolve) => setTimeout(resolve, 450));
    const message = { type: 'text', text: number === 3 ? '' : String(number) };
    return client.messaging.send('id:1', { channelId: 1, message }, { signal });
  };
  const items = Array.from({ length: 12 }, (_, number) => number);
  const options = { concurrency: 1, onCheckpoint: ({ states }) => void saved.push(states) };
  const first = await bulk(items, send, { ...options, budgetMs: 400, onProgress: ({ done }) => told.push(done) });
  const second = await bulk(items.values(), send, {
    ...options,
    checkpoint: JSON.parse(JSON.stringify(first.checkpoint)),
  });
  const stopped = await bulk(items, send, { signal: AbortSignal.abort() });
  const failed = await bulk(items, send, { onCheckpoint: () => Promise.reject('no') }).catch((error) => error);
  return JSON.stringify({
    first: first.checkpoint.states,
    second: second.checkpoint.states,
    refused: second.results[3].error.path,
    stopped: stopped.counts.pending,
    failed: failed instanceof BulkError && failed.cause,
    lastSaved: saved.at(-1),
    told: [told[0], told.at(-1)],
    sent: sandbox.journal().length,
  });
}
