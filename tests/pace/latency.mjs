// Latencies, each way: functions from the time and random numbers to the milliseconds there and back.

import { exponential, normal } from './random.mjs';

/** Shapes of one mode, of mean or median 1 about: what is added to the shortest latency, in units of its spread. */
const SHAPES = {
  constant: () => 0,
  uniform: (random) => random(),
  triangular: (random) => random() + random(),
  exponential: (random) => exponential(random, 1),
  gamma: (random) => (exponential(random, 1) + exponential(random, 1) + exponential(random, 1)) / 2,
  normal: (random) => Math.max(0, 3 + normal(random)) / 2,
  lognormal: (random) => Math.exp(normal(random)),
  heavy: (random) => (1 - random()) ** (-1 / 1.5) - 1,
};

/** No answer takes longer than its caller waits. */
const LONGEST_MS = 10_000;

/** A number between two, small ones as often as large ones. */
function magnitude(random, least, most) {
  return least * (most / least) ** random();
}

function oneWay(random) {
  const names = Object.keys(SHAPES);
  const shape = SHAPES[names[Math.floor(random() * names.length)]];
  const [shortest, spread] = [magnitude(random, 1, 250), magnitude(random, 0.5, 100)];
  return (chance) => Math.min(LONGEST_MS, shortest + spread * shape(chance));
}

/** A random pattern of latency that does not change and has one mode each way. */
export function stationary(random) {
  const [up, down] = [oneWay(random), oneWay(random)];
  return (_time, chance) => [up(chance), down(chance)];
}

/** The same pattern up to a time; from then on everything takes only this part of it. */
export function dropping(pattern, time, part) {
  return (now, chance) => pattern(now, chance).map((ms) => (now < time ? ms : ms * part));
}

/**
 * So many connections are made before the first is used again, and made anew after four seconds without a request. Who
 * makes one needs two round trips more on the way there.
 */
export function connecting(pattern, connections) {
  let [made, last] = [0, 0];
  return (now, chance) => {
    if (now > last + 4000) made = 0;
    last = now;
    const [up, down] = pattern(now, chance);
    return made++ < connections ? [up + 2 * (up + down), down] : [up, down];
  };
}

/** The patterns of the table in docs/pacing.md. */
export const TABLE = {
  'uniform 0-80 ms': (_time, random) => [80 * random(), 80 * random()],
  'constant 50 ms': () => [50, 50],
  'constant 150 ms': () => [150, 150],
  '50 ms + exponential (10 ms)': (_time, random) => [50 + exponential(random, 10), 50 + exponential(random, 10)],
  '20 ms + lognormal (2, 1) ms': (_time, random) => [
    20 + Math.exp(2 + normal(random)),
    20 + Math.exp(2 + normal(random)),
  ],
  'normal, 100 ± 10 ms': (_time, random) => [100 + 10 * normal(random), 100 + 10 * normal(random)],
  '5-10 ms up, 100-150 ms down': (_time, random) => [5 + 5 * random(), 100 + 50 * random()],
  '20 ms or 150 ms, one in two': (_time, random) => [random() < 0.5 ? 20 : 150, random() < 0.5 ? 20 : 150],
  '150 ms, one in twenty 20 ms': (_time, random) => [random() < 0.05 ? 20 : 150, random() < 0.05 ? 20 : 150],
  '120 ms dropping to 20 ms': dropping(() => [120, 120], 30_000, 1 / 6),
};
