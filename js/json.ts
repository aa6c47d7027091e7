import { ValidationError } from './errors.js';
import { MAX_ARGUMENTS, MAX_DEPTH, type Rule } from './generated/operations.js';
import { say } from './rules.js';

/** A rule that a value breaks, and the detail that is said with it. */
type Flaw = readonly [rule: Rule, detail?: string | number];

/**
 * The arguments as JSON, as they are at this moment.
 *
 * What `JSON.stringify` would change in silence (NaN to null, a Map or a Promise to `{}`, a function to nothing) and what
 * it refuses without saying where (BigInts, cycles) is a `ValidationError` that names the path.
 */
export function toJson(operation: string, input: object): string {
  let json: string;
  try {
    json = JSON.stringify(input, keep);
  } catch (cause) {
    throw refusal(operation, locate(input), cause);
  }
  // The engine counts bytes, but a longer text need not reach its memory.
  if (json.length <= MAX_ARGUMENTS) return json;
  throw refusal(operation, ['', 'too_large', MAX_ARGUMENTS]);
}

function refusal(
  operation: string,
  [path, rule, detail]: readonly [string, ...Flaw],
  cause?: unknown,
): ValidationError {
  return new ValidationError(`${operation}: ${path || 'the input'} ${say(rule, detail)}`, path, rule, {
    operation,
    cause,
  });
}

function keep(_key: string, value: unknown): unknown {
  if (flawOf(value)) throw new TypeError('a value has no form in JSON');
  return value;
}

function flawOf(value: unknown): Flaw | undefined {
  // Most values are texts, and the names below take longer to look at.
  if (value === null || typeof value === 'string') return undefined;
  const kind = typeof value === 'object' ? Object.prototype.toString.call(value).slice(8, -1) : typeof value;
  if (/^number$/i.test(kind)) return Number.isFinite(Number(value)) ? undefined : ['not_finite'];
  if (/^(undefined|string|boolean|object|array)$/i.test(kind)) return undefined;
  return ['not_json', `a ${kind}`];
}

/** Where the flaw is. Only a failed call pays for this walk, and getters may throw in it as they did before. */
function locate(input: object): readonly [string, ...Flaw] {
  try {
    return findFlaw(input, '', []) ?? ['', 'not_json', 'as a whole'];
  } catch {
    return ['', 'not_json', 'reading it throws'];
  }
}

/** The first flaw within `value`, depth first. */
function findFlaw(value: unknown, path: string, above: readonly object[]): readonly [string, ...Flaw] | undefined {
  const flaw = flawOf(value);
  if (flaw) return [path, ...flaw];
  if (typeof value !== 'object' || value === null) return undefined;
  if (above.includes(value)) return [path, 'cycle'];
  if (above.length > MAX_DEPTH) return [path, 'depth'];
  for (const [key, inner] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : path ? `.${key}` : key;
    const found = findFlaw(plain(inner), path + step, [...above, value]);
    if (found) return found;
  }
  return undefined;
}

/** What `JSON.stringify` takes in the place of a value. */
function plain(value: unknown): unknown {
  const { toJSON } = (value ?? {}) as { toJSON?: unknown };
  return typeof toJSON === 'function' ? toJSON.call(value) : value;
}
