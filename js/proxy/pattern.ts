import { checkNames, fail } from '../option.js';
import type { TextKind } from './table.js';

/** Whether a value is as a pattern says. */
export type Matcher = (value: unknown) => boolean;

/** How deep patterns may be nested. */
const MAX_DEPTH = 20;

/** The matcher of a pattern; what is changed in the pattern later changes nothing. */
export function compilePattern(pattern: unknown, path: string, kind?: TextKind, depth = 0): Matcher {
  if (depth > MAX_DEPTH) fail(path, `is nested deeper than ${MAX_DEPTH}`);
  const inner = (value: unknown, step: string) => compilePattern(value, path + step, kind, depth + 1);
  if (Array.isArray(pattern)) {
    const matchers = pattern.map((element, index) => inner(element, `[${index}]`));
    return eachOf((value) => matchers.some((matches) => matches(value)));
  }
  if (kind) return scalar(pattern, path, kind === 'integer' ? ['number'] : ['string'], kind);
  if (typeof pattern !== 'object' || pattern === null) {
    return eachOf(scalar(pattern, path, ['string', 'number', 'boolean', 'null']));
  }
  const fields = Object.entries(pattern).map(([name, value]) => [name, inner(value, `.${name}`)] as const);
  return eachOf((value) => isObject(value) && fields.every(([name, matches]) => matches(own(value, name))));
}

/** The matcher of the patterns of a query's parameters. */
export function compileFields(pattern: unknown, path: string, kinds: Readonly<Record<string, TextKind>>): Matcher {
  checkNames(pattern, Object.keys(kinds), `${path}.`);
  const fields = Object.entries(pattern as object).map(
    ([name, value]) => [name, compilePattern(value, `${path}.${name}`, kinds[name])] as const,
  );
  return (value) => isObject(value) && fields.every(([name, matches]) => matches(own(value, name)));
}

/** A list matches by all of its elements; an empty one has none that could vouch for it. */
function eachOf(matches: Matcher): Matcher {
  return (value) => (Array.isArray(value) ? value.length > 0 && value.every(eachOf(matches)) : matches(value));
}

function scalar(pattern: unknown, path: string, types: readonly string[], kind?: TextKind): Matcher {
  const type = pattern === null ? 'null' : typeof pattern;
  const example = kind === 'identifier' ? ", such as 'id:1'" : '';
  // Undefined in particular: a lost session variable must not mean that anything goes.
  if (!types.includes(type)) fail(path, `must be a ${types.join(', a ')} or an array of them${example}`);
  if (type === 'number' && !Number.isFinite(pattern)) fail(path, 'must be a finite number');
  return (value) => value === pattern;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
