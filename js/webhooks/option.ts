import { ValidationError } from '../errors.js';

/** Throws the error of an argument that is wrong. */
export function fail(path: string, problem: string): never {
  throw new ValidationError(`webhooks: ${path} ${problem}`, path, 'option');
}

/** Checks that a value is a function, where there is one. */
export function checkFunction(path: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') fail(path, 'must be a function');
}

/** Checks that a value is an object of known names, each of which is `prefix` and its name in an error. */
export function checkNames(value: object, known: readonly string[], prefix = ''): void {
  if (typeof value !== 'object' || value === null) fail(prefix.slice(0, -1) || 'options', 'must be an object');
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) fail(prefix + unknown, `is not known; known are ${known.join(', ')}`);
}

/** An integer of at least `least`, or the fallback where there is none. */
export function number(path: string, value: number | undefined, fallback: number, least = 0): number {
  if (value === undefined) return fallback;
  return Number.isSafeInteger(value) && value >= least ? value : fail(path, `must be an integer of at least ${least}`);
}
