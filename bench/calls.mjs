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
 */
export async function calls(rounds) {
  const processes = [];
  try {
    const server = spawn(process.execPath, [join(ROOT, 'bench/server.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
    processes.push(server);
    const [port] = await once(server.stdout, 'data');
    const callers = {};
    for (const name of Object.keys(CLIENTS)) {
      callers[name] = fork(join(ROOT, 'bench/caller.mjs'), [name, `http://127.0.0.1:${String(port).trim()}`]);
      processes.push(callers[name]);
      await once(callers[name], 'message');
    }
    return [...(await rowsOf(callers, 1, rounds)), ...(await rowsOf(callers, 64, rounds))];
  } finally {
    for (const each of processes) each.kill();
  }
}

async function rowsOf(callers, concurrency, rounds) {
  const measured = (caller, count) => {
    caller.send({ count, concurrency });
    return once(caller, 'message').then(([milliseconds]) => milliseconds);
  };
  const times = await interleave(callers, rounds, measured);
  const peers = Object.keys(CLIENTS).filter((name) => name !== 'ours');
  return peers.map((peer) => {
    const name = `call: ${concurrency} at once, beside ${peer}`;
    return row(name, 'Node', times, 'ours', peer, GOALS[concurrency][peer] ?? null, 'ms CPU');
  });
}
