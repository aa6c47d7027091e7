import { ValidationError } from './errors.js';

/** Throws the error of an option that is wrong. */
export function fail(path: string, problem: string): never {
  throw new ValidationError(`${path} ${problem}`, path, 'option');
}

/** Refuses what is no object, and names that are not known; in errors `prefix` stands before a name. */
export function checkNames(value: unknown, known: readonly string[], prefix = ''): asserts value is object {
  if (typeof value !== 'object' || value === null) fail(prefix.slice(0, -1) || 'options', 'must be an object');
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) fail(prefix + unknown, `is not an option; known are ${known.join(', ')}`);
}

/** Refuses what is there and no function. */
export function checkFunction(path: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') fail(path, 'must be a function');
}

/** An integer within these bounds, or the fallback where there is none. */
export function integer(path: string, value: number | undefined, fallback: number, least = 0, most = Infinity): number {
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  return fail(path, `must be an integer of at least ${least}${most < Infinity ? ` and at most ${most}` : ''}`);
}
