// Prints what a call costs in the pace, with few and with many who wait: node tests/pace/cost.mjs

import { Pace } from './load.mjs';

const LIMIT = { limit: 10_000, windowMs: 1000 };

/** Microseconds for each of what one call does, while so many wait. */
function cost(waiting) {
  const pace = new Pace();
  const waiters = Array.from({ length: waiting }, () => pace.enter(0));
  const rounds = 50_000;
  let now = 0;
  const start = performance.now();
  for (let i = 0; i < rounds; i++) {
    now += 0.1;
    const head = waiters[i % waiting];
    const isFree = pace.wait(head, LIMIT, now) === 0;
    if (isFree) pace.answered(pace.take(head, 1000, now), 0.05, now);
    else pace.leave(head);
    waiters[i % waiting] = pace.enter(now);
    // One in the middle leaves, and another one comes.
    const place = (i * 7919) % waiting;
    pace.leave(waiters[place]);
    waiters[place] = pace.enter(now);
  }
  return ((performance.now() - start) * 1000) / rounds;
}

cost(1000);
console.log('| waiting | µs a call |\n|---|---|');
for (const waiting of [10, 1000, 10_000, 100_000]) console.log(`| ${waiting} | ${cost(waiting).toFixed(2)} |`);
