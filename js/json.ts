import { ValidationError } from './errors.js';
import type { Rule } from './generated/operations.js';

const MAX_DEPTH = 100;
/** How long the arguments may be; the engine counts bytes, but a longer text need not reach its memory. */
const MAX_LENGTH = 2 ** 20;

/**
 * The arguments as JSON, as they are at this moment.
 *
 * What `JSON.stringify` would lose in silence (NaN, infinities, functions, symbols) and what it refuses without saying
 * where (BigInts, cycles) is a `ValidationError` that names the path.
 */
export function toJson(operation: string, input: object): string {
  let json: string;
  try {
    json = JSON.stringify(input, keep);
  } catch (cause) {
    const [path, rule, message] = findFlaw(input, '', []) ?? ['', 'not_json', `has no form in JSON: ${String(cause)}`];
    throw new ValidationError(`${operation}: ${path || 'the input'} ${message}`, path, rule, { operation, cause });
  }
  if (json.length <= MAX_LENGTH) return json;
  throw new ValidationError(`${operation}: the input is larger than ${MAX_LENGTH} bytes`, '', 'too_large', {
    operation,
  });
}

function keep(_key: string, value: unknown): unknown {
  if (flawOf(value)) throw new TypeError('a value has no form in JSON');
  return value;
}

type Said = readonly [rule: Rule, message: string];

function flawOf(value: unknown): Said | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? undefined : ['not_finite', 'must be a finite number'];
    case 'bigint':
    case 'function':
    case 'symbol':
      return ['not_json', `has no form in JSON: a ${typeof value}`];
  }
  return undefined;
}

/** The first flaw within `value`, depth first. Only a failed call pays for this walk. */
function findFlaw(value: unknown, path: string, above: readonly object[]): readonly [string, ...Said] | undefined {
  const flaw = flawOf(value);
  if (flaw) return [path, ...flaw];
  if (typeof value !== 'object' || value === null) return undefined;
  if (above.includes(value)) return [path, 'cycle', 'contains itself'];
  if (above.length > MAX_DEPTH) return [path, 'depth', `is nested deeper than ${MAX_DEPTH} levels`];
  for (const [key, inner] of Object.entries(value)) {
    const step = Array.isArray(value) ? `[${key}]` : path ? `.${key}` : key;
    const found = findFlaw(inner, path + step, [...above, value]);
    if (found) return found;
  }
  return undefined;
}
