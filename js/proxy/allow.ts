import { checkNames, fail } from '../option.js';
import { compileFields, compilePattern, type Matcher } from './pattern.js';
import type { Route, RouteArgument } from './table.js';

/** Whether an operation may have these arguments. */
export type Rule = (input: Readonly<Record<string, unknown>>, request: Request) => unknown;

/** The rule of each operation that may be called. */
export type Allowed = ReadonlyMap<string, Rule>;

const anything: Rule = () => true;

/** Checks operations and rules, and makes functions of them. */
export function compileAllow(routes: readonly Route[], allow: unknown, path = 'allow'): Allowed {
  if (Array.isArray(allow)) {
    return new Map(allow.map((id, index) => [routeOf(routes, id, `${path}[${index}]`).id, anything]));
  }
  if (typeof allow !== 'object' || allow === null) fail(path, "must be a list of operations, such as ['getContact']");
  const rules = Object.entries(allow).map(([id, rule]) => {
    const route = routeOf(routes, id, `${path}.${id}`);
    return [route.id, compileRule(route, rule, `${path}.${id}`)] as const;
  });
  return new Map(rules);
}

function routeOf(routes: readonly Route[], id: unknown, path: string): Route {
  const route = routes.find((route) => route.id === id);
  return route ?? fail(path, `is not an operation; known are ${routes.map(({ id }) => id).join(', ')}`);
}

function compileRule(route: Route, rule: unknown, path: string): Rule {
  if (rule === true) return anything;
  if (typeof rule === 'function') return rule as Rule;
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) {
    fail(path, 'must be true, an object of patterns or a function');
  }
  const names = route.arguments.map(({ name }) => name);
  checkNames(rule, names, `${path}.`);
  const matchers = Object.entries(rule).map(([name, pattern]) => {
    const argument = route.arguments[names.indexOf(name)] as RouteArgument;
    return [name, compileArgument(argument, pattern, `${path}.${name}`)] as const;
  });
  return (input) => matchers.every(([name, matches]) => matches(input[name]));
}

function compileArgument(argument: RouteArgument, pattern: unknown, path: string): Matcher {
  if (argument.in === 'query') return compileFields(pattern, path, argument.fields);
  return compilePattern(pattern, path, argument.in === 'path' ? argument.kind : undefined);
}
