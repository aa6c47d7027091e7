import { Refusal } from './refusal.js';
import type { Route, TextKind } from './table.js';

/** A route with the number of its operation in the engine. */
export interface NumberedRoute extends Route {
  number: number;
  /** The segments of the path. */
  segments: readonly string[];
  /** Which of them are arguments: of two routes for one path, the one that names more of it is meant. */
  shape: string;
}

/** The routes of a surface, which stand in the order of its engine. */
export function numbered(routes: readonly Route[]): readonly NumberedRoute[] {
  return routes.map((route, number) => {
    const segments = route.path.slice(1).split('/');
    const shape = segments.map((segment) => Number(isArgument(segment))).join('');
    return { ...route, number, segments, shape };
  });
}

/** The segments below the base path; undefined where the path is not below it. */
export function segmentsBelow(basePath: string, pathname: string): readonly string[] | undefined {
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length + 1).split('/') : undefined;
}

/** The routes of a path, one for each method; none where there is no such path. */
export function routesOf(routes: readonly NumberedRoute[], segments: readonly string[]): readonly NumberedRoute[] {
  const fitting = routes.filter((route) => isFitting(route, segments));
  const best = fitting.map(({ shape }) => shape).sort()[0];
  return fitting.filter(({ shape }) => shape === best);
}

function isFitting(route: NumberedRoute, segments: readonly string[]): boolean {
  return (
    route.segments.length === segments.length &&
    route.segments.every((own, index) => (isArgument(own) ? segments[index] !== '' : own === segments[index]))
  );
}

function isArgument(segment: string): boolean {
  return segment.startsWith('{');
}

/** The arguments that stand in path and query. */
export function addressed(
  route: NumberedRoute,
  segments: readonly string[],
  query: URLSearchParams,
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  let fields: Readonly<Record<string, TextKind>> = {};
  for (const argument of route.arguments) {
    if (argument.in === 'path') {
      const text = decode(segments[route.segments.indexOf(`{${argument.name}}`)] as string, argument.name);
      input[argument.name] = parse(text, argument.kind, argument.name);
    }
    if (argument.in === 'query') fields = argument.fields;
  }
  const values = parameters(query, fields);
  for (const { name } of route.arguments.filter((argument) => argument.in === 'query')) input[name] = values;
  return input;
}

function parameters(query: URLSearchParams, fields: Readonly<Record<string, TextKind>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, text] of query) {
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!kind) throw invalid('query', 'has a parameter that is not known');
    if (Object.hasOwn(values, name)) throw invalid(`query.${name}`, 'is there twice');
    values[name] = parse(text, kind, `query.${name}`);
  }
  return values;
}

/** Decodes once: what is encoded twice stays encoded. */
function decode(segment: string, path: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalid(path, 'is not percent-encoded UTF-8');
  }
}

function parse(text: string, kind: TextKind, path: string): string | number {
  if (kind !== 'integer') return text;
  const number = Number(text);
  // Only the one way to write a number: no sign, zero, point or exponent more than it needs.
  if (!Number.isSafeInteger(number) || String(number) !== text) throw invalid(path, 'must be an integer');
  return number;
}

function invalid(path: string, problem: string): Refusal {
  return new Refusal(400, 'invalid', `${path} ${problem}`, { path });
}
