// Checks the journal of a served sandbox against the contract: what clients in other programs and languages sent.
//
//     node tests/contract/check-journal.mjs http://127.0.0.1:4010

import { fileURLToPath } from 'node:url';
import { OPERATIONS, validateExchange } from './validate.mjs';

/**
 * Checks every exchange that was acted upon.
 *
 * @param {string} url - The sandbox's origin.
 * @returns {Promise<Record<string, number>>} How many exchanges each operation had.
 * @throws {Error} Where one is not as the contract says, or an operation of the contract had none.
 */
export async function checkJournal(url) {
  const response = await fetch(`${url}/_sandbox/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"command":"journal"}',
  });
  const counts = {};
  for (const entry of await response.json()) {
    if (entry.status !== 200 || entry.fault !== null) continue;
    const { operation, problems } = validateExchange({ ...entry, url: entry.url.replace(/^\/v2/, '') });
    if (problems.length > 0) throw new Error(`${entry.method} ${entry.url}: ${problems.join('; ')}`);
    counts[operation] = (counts[operation] ?? 0) + 1;
  }
  const missing = OPERATIONS.filter(({ id }) => !counts[id]).map(({ id }) => id);
  if (missing.length > 0) throw new Error(`the journal has no exchange of ${missing.join(', ')}`);
  return counts;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const counts = await checkJournal(process.argv[2]);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(`${total} exchanges of ${Object.keys(counts).length} operations are as the contract says`);
}
