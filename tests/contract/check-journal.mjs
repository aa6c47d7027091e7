// Checks the journal of a served sandbox against the contract: what clients in other programs and languages sent.
//
//     node tests/contract/check-journal.mjs http://127.0.0.1:4010

import { fileURLToPath } from 'node:url';
import { OPERATIONS, validateExchange } from './validate.mjs';

/** An entry of the journal. @typedef {import('./validate.mjs').Exchange & { fault: string | null }} Entry */

/**
 * Checks the journal of a served sandbox, as `checkEntries` does.
 *
 * @param {string} url - The sandbox's origin.
 * @returns {Promise<Record<string, number>>} How many exchanges each operation had that succeeded.
 * @throws {Error} Where the sandbox does not answer, or an exchange is not as the contract says.
 */
export async function checkJournal(url) {
  const response = await fetch(`${url}/_sandbox/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"command":"journal"}',
  });
  if (!response.ok) throw new Error(`${url} gives no journal: ${response.status}`);
  return checkEntries(await response.json());
}

/**
 * Checks the exchanges of a journal: all that succeeded, and the responses of those that were refused.
 *
 * @param {Entry[]} entries - The journal.
 * @returns {Record<string, number>} How many exchanges each operation had that succeeded.
 * @throws {Error} Where one is not as the contract says, or an operation of the contract had none.
 */
export function checkEntries(entries) {
  const counts = {};
  // What a fault did to an exchange is not the contract's.
  for (const entry of entries.filter(({ fault }) => fault === null)) {
    const { operation, problems } = validateExchange({ ...entry, url: entry.url.replace(/^\/v2/, '') });
    const succeeded = entry.status >= 200 && entry.status < 300;
    // A refused request may be wrong on purpose, its response may not.
    const wrong = succeeded ? problems : problems.filter((problem) => problem.startsWith('response:'));
    if (wrong.length > 0) throw new Error(`${entry.method} ${entry.url}: ${wrong.join('; ')}`);
    if (succeeded) counts[operation] = (counts[operation] ?? 0) + 1;
  }
  const missing = OPERATIONS.filter(({ id }) => !counts[id]).map(({ id }) => id);
  if (missing.length > 0) throw new Error(`the journal has no exchange of ${missing.join(', ')}`);
  return counts;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const counts = await checkJournal(process.argv[2]);
  for (const [operation, count] of Object.entries(counts)) console.log(`${operation} ${count}`);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(`${total} exchanges of ${Object.keys(counts).length} operations are as the contract says`);
}
