// A mailing: its list, how far it is, and who is at work on it.

import { DurableObject } from 'cloudflare:workers';

/** What a letter of a checkpoint says of a contact. */
const STATES = { f: 'sent', a: 'sent', r: 'refused', u: 'unknown', s: 'underWay', p: 'toGo' };

export class Mailing extends DurableObject {
  #kv = this.ctx.storage.kv;

  /** Keeps the list and gives the turn that is next; nothing where another list has this name. */
  create(list) {
    const kept = this.#kv.get('list');
    if (kept && JSON.stringify(kept) !== JSON.stringify(list)) return undefined;
    if (!kept) this.#kv.put('list', list);
    return this.#run.turn;
  }

  /**
   * Gives the list to whoever has a turn, for so long, or says why not: the turn is over, as for a message that came
   * twice, or another consumer is at work, who may as well have died.
   */
  begin(turn, leaseMs) {
    const run = this.#run;
    if (turn < run.turn) return { isOver: true };
    const busyMs = run.leasedUntil - Date.now();
    if (busyMs > 0) return { busyMs };
    const lease = run.lease + 1;
    this.#kv.put('run', { ...run, turn, lease, leasedUntil: Date.now() + leaseMs });
    return { lease, ...this.#kv.get('list'), checkpoint: run.checkpoint };
  }

  /** Saves a checkpoint for the consumer at work alone: one that was thought dead may not write over its successor's. */
  save(lease, checkpoint) {
    const run = this.#run;
    if (run.lease !== lease) throw new Error('another consumer is at work');
    this.#kv.put('run', { ...run, checkpoint });
  }

  /** Lets the next consumer begin. */
  end(lease) {
    const run = this.#run;
    if (run.lease === lease) this.#kv.put('run', { ...run, leasedUntil: 0 });
  }

  /** Gives how many contacts are in which state, and those of whom nobody knows; nothing where there is no list. */
  progress() {
    const list = this.#kv.get('list');
    if (!list) return undefined;
    const { turn, checkpoint } = this.#run;
    const letters = lettersOf(checkpoint).padEnd(list.contacts.length, 'p');
    const counts = { sent: 0, refused: 0, unknown: 0, underWay: 0, toGo: 0 };
    for (const letter of letters) counts[STATES[letter]] += 1;
    const unknown = list.contacts.filter((_, index) => letters[index] === 'u');
    return { turn, total: list.contacts.length, counts, unknown };
  }

  get #run() {
    return this.#kv.get('run') ?? { turn: 1, lease: 0, leasedUntil: 0, checkpoint: null };
  }
}

/** A checkpoint's `3f 2p` as `fffpp`: a letter for each contact. */
function lettersOf(checkpoint) {
  const states = checkpoint?.states ?? '';
  return states.replace(/(\d*)([a-z]) ?/g, (_, count, letter) => letter.repeat(count || 1));
}
