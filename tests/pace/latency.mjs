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
