// How works are compared: interleaved, in one run, by medians. Runs in every engine.

/** What one work took in each round. @typedef {Record<string, number[]>} Times */

export const sorted = (list) => [...list].sort((a, b) => a - b);
export const median = (list) => sorted(list)[list.length >> 1];

/** Milliseconds that `count` runs take, one after another. */
export async function clock(work, count) {
  const start = performance.now();
  for (let i = 0; i < count; i++) await work();
  return performance.now() - start;
}

/** Milliseconds of CPU that `count` runs take, one after another. Node alone tells. */
export async function cpu(work, count) {
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * Rounds of all works, each round in another order, so that nobody always follows the same one's garbage.
 *
 * @template W
 * @param {Record<string, W>} works - By name; functions where nothing else is measured.
 * @param {{ rounds: number, milliseconds: number, warm: number }} options - How many rounds, how long a work's share of
 * one is, and how many runs warm a work up.
 * @param {(work: W, count: number) => Promise<number>} [measure] - What is counted of so many runs.
 * @returns {Promise<Times>} For each work what one run took, by round.
 */
export async function interleave(works, { rounds, milliseconds, warm }, measure = clock) {
  const entries = Object.entries(works);
  const counts = {};
  for (const [name, work] of entries) {
    await measure(work, warm);
    counts[name] = await countFor(work, milliseconds, measure);
  }
  const times = Object.fromEntries(entries.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < entries.length; i++) {
      const [name, work] = entries[(i + round) % entries.length];
      times[name].push((await measure(work, counts[name])) / counts[name]);
    }
  }
  return times;
}

/** How many runs take so long. The clock of a browser may stand still for a millisecond, so they are doubled until it does not. */
async function countFor(work, milliseconds, measure) {
  for (let count = 1; ; count *= 2) {
    const taken = await measure(work, count);
    if (taken >= milliseconds / 4) return Math.max(1, Math.round((count * milliseconds) / taken));
  }
}

/** The row of a result: two medians, the median of the rounds' ratios and its quartiles. */
export function row(name, engine, times, ours, peer, goal = null, unit = 'ms') {
  const ratios = sorted(times[ours].map((time, round) => time / times[peer][round]));
  const ratio = median(ratios);
  const spread = [ratios[ratios.length >> 2], ratios[(ratios.length * 3) >> 2]];
  const met = goal === null ? null : ratio <= goal;
  return {
    name,
    engine,
    ours: median(times[ours]),
    peer: median(times[peer]),
    against: peer,
    ratio,
    spread,
    goal,
    met,
    unit,
  };
}

/** The row of two figures that were measured once. */
export function figure(name, engine, ours, peer, against, goal, unit) {
  const ratio = peer ? ours / peer : null;
  return {
    name,
    engine,
    ours,
    peer,
    against,
    ratio,
    spread: null,
    goal,
    met: goal === null ? null : ratio <= goal,
    unit,
  };
}

/** The row of a figure that has a goal by itself. */
export function bounded(name, engine, ours, goal, unit) {
  return { name, engine, ours, peer: null, against: null, ratio: null, spread: null, goal, met: ours <= goal, unit };
}
