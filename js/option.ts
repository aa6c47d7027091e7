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

/** Checks the value of an option, and gives it or what stands for it where it is left out. */
type Check<T> = (path: string, value: T, fallback: T) => T;

/** The check of a value that is left out, where the fallback stands for it, or that has to be permitted. */
export function must(permits: (value: unknown) => boolean, problem: string) {
  return <T>(path: string, value: T, fallback?: T): T => {
    // Null stands for nothing where there is a fallback.
    const given = value ?? (value === null ? (fallback ?? value) : fallback);
    return given === undefined || permits(given) ? (given as T) : fail(path, problem);
  };
}

/** Refuses what is there and no function. */
export function checkFunction<T>(path: string, value: T): T {
  if (value !== undefined && typeof value !== 'function') fail(path, 'must be a function');
  return value;
}

/** The check of a string that is one of these. */
export function oneOf(all: readonly unknown[]) {
  return must((value) => all.includes(value), `must be one of ${all.join(', ')}`);
}

/** An integer within these bounds, or the fallback where there is none. */
export function integer(path: string, value: number | undefined, fallback: number, least = 0, most = Infinity): number {
  if (value === undefined) return fallback;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  return fail(path, `must be an integer of at least ${least}${most < Infinity ? ` and at most ${most}` : ''}`);
}

/** The check of an integer within these bounds. */
export function within(least: number, most?: number) {
  return (path: string, value: number | undefined, fallback: number) => integer(path, value, fallback, least, most);
}

/** An option that is judged together with others. */
export function unchecked<T>(_path: string, value: T | undefined, fallback: T): T {
  return value === undefined ? fallback : value;
}

/** The options that are known: how each is checked, and what it is where it is left out. */
export type Options<T> = { readonly [Name in keyof T]-?: readonly [check: Check<T[Name]>, fallback?: T[Name]] };

/** Checks options, and completes them from `fallbacks` or else by what is said of each option. */
export function complete<T extends object>(
  given: object,
  options: Options<T>,
  fallbacks: { readonly [Name in keyof T]?: unknown } = {},
  prefix = '',
): T {
  checkNames(given, Object.keys(options), prefix);
  const values = Object.entries<readonly [Check<unknown>, unknown?]>(options as never).map(
    ([name, [check, fallback]]) => [
      name,
      check(
        prefix + name,
        (given as Record<string, unknown>)[name],
        (fallbacks as Record<string, unknown>)[name] ?? fallback,
      ),
    ],
  );
  return Object.fromEntries(values);
}
