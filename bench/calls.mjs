// The CPU of one call beside that of its peers. Each client has a process of its own, as in a program that uses it: in one
// process all pay for what one leaves to the garbage collector, and share what the runtime has compiled for others.

import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../scripts/root.mjs';
import { CLIENTS } from './clients.mjs';
import { interleave, row } from './measure.mjs';

const GOALS = {
  1: { 'fetch with a timeout': 1, fetch: 1.12 },
  64: { 'fetch with a timeout': 1.05, fetch: 1.18 },
};

/**
 * The rows of every peer, with one call at a time and with 64.
 *
 * @param {Parameters<typeof interleave>[1]} rounds - See `interleave`; the milliseconds are of CPU.
 * @throws {Error} Where a process ends.
 */
export async function calls(rounds) {
  const processes = [];
  try {
    const server = spawn(process.execPath, [join(ROOT, 'bench/server.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
    processes.push(server);
    const port = String(await said('the server', server, server.stdout, 'data')).trim();
    const callers = {};
    for (const name of Object.keys(CLIENTS)) {
      const caller = fork(join(ROOT, 'bench/caller.mjs'), [name, `http://127.0.0.1:${port}`]);
      processes.push(caller);
      await said(name, caller, caller, 'message');
      callers[name] = (message) => {
        caller.send(message);
        return said(name, caller, caller, 'message');
      };
    }
    return [...(await rowsOf(callers, 1, rounds)), ...(await rowsOf(callers, 64, rounds))];
  } finally {
    for (const each of processes) each.kill();
  }
}

/** What comes next from a process; throws where it ends instead. */
async function said(name, child, source, event) {
  const over = new AbortController();
  try {
    const { signal } = over;
    const [value] = await Promise.race([once(source, event, { signal }), ended(name, child, signal)]);
    return value;
  } finally {
    over.abort();
  }
}

async function ended(name, child, signal) {
  const [code] = child.exitCode === null ? await once(child, 'exit', { signal }) : [child.exitCode];
  throw new Error(`${name} ended with ${code}`);
}

async function rowsOf(callers, size, { warm, ...rounds }) {
  const measured = (caller, crowds) => caller({ crowds, size });
  const times = await interleave(callers, { ...rounds, warm: Math.ceil(warm / size) }, measured);
  for (const name in times) times[name] = times[name].map((time) => time / size);
  const peers = Object.keys(CLIENTS).filter((name) => name !== 'ours');
  return peers.map((peer) => {
    const name = `call: ${size} at once, beside ${peer}`;
    return row(name, 'Node', times, 'ours', peer, GOALS[size][peer] ?? null, 'ms CPU');
  });
}
