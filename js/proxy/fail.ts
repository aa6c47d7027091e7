import { ValidationError } from '../errors.js';

/** Throws the error of an option that is wrong. */
export function fail(path: string, problem: string): never {
  throw new ValidationError(`createProxy: ${path} ${problem}`, path, 'option');
}

/** Refuses what is no object, or has a name that is not known. */
export function checkNames(value: unknown, known: readonly string[], path = ''): void {
  if (typeof value !== 'object' || value === null) fail(path || 'options', 'must be an object');
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) fail(path ? `${path}.${unknown}` : unknown, `is unknown; known are ${known.join(', ')}`);
}
