/** How the text of a path segment or of a query's parameter is read. */
export type TextKind = 'identifier' | 'integer' | 'text';

/** An argument of an operation, and where it is in a request. */
export type RouteArgument =
  | { readonly name: string; readonly in: 'path'; readonly kind: TextKind }
  | { readonly name: string; readonly in: 'query'; readonly fields: Readonly<Record<string, TextKind>> }
  | { readonly name: string; readonly in: 'body' };

/** How an operation is asked for. */
export interface Route {
  readonly id: string;
  readonly method: string;
  /** The path below the base, with `{name}` where an argument goes. */
  readonly path: string;
  readonly arguments: readonly RouteArgument[];
}
