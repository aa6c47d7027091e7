import type { Outcome } from '../errors.js';
import type { OperationInputs } from '../generated/routes.js';
import type { ClientOptions } from '../options.js';

/** Answers a page's request. It never rejects. */
export type ProxyFunction = (request: Request) => Promise<Response>;

/** How a proxy is made. */
export interface ProxyOptions<Inputs = OperationInputs> {
  /** The token of the Developer API, or a function that gives it, called once a try, for rotation. */
  apiToken: string | (() => string | Promise<string>);
  /** The operations that pages may call, and with which arguments. */
  allow: ProxyAllow<Inputs>;
  /** Says who may call: called for each request to an operation that `allow` lists, before its body is read. */
  authorize: ProxyAuthorize<Inputs>;
  /** The foreign origins whose pages may call; none where it is left out. */
  cors?: ProxyCors | undefined;
  /** The path below which the operations are; `/api/respond` where it is left out, `/` for none. */
  basePath?: string | undefined;
  /** How many bytes a request's body may have, 1 to 1,048,576; 262,144 where it is left out. */
  maxBodyBytes?: number | undefined;
  /** How long a request's body may take to arrive, in milliseconds; 10,000 where it is left out. */
  bodyTimeoutMs?: number | undefined;
  /** The options of the client that calls the service: `rateLimit`, `timeout`, `fetch`, hooks, `logger` and others. */
  client?: Omit<ClientOptions, 'apiToken' | 'dangerouslyAllowBrowser'> | undefined;
}

/**
 * Says whether a request may be served: true, false (403), or operations and rules that narrow `allow` for this
 * request. Anything else than true and these is a refusal; where it throws, the page is told nothing but a 500.
 *
 * `request` is a copy without its body: the URL, the method, the headers with the session's cookie.
 */
export type ProxyAuthorize<Inputs = OperationInputs> = (
  request: Request,
  context: ProxyContext<Inputs>,
) => boolean | ProxyAllow<Inputs> | Promise<boolean | ProxyAllow<Inputs>>;

/** What `authorize` is told beside the request. */
export interface ProxyContext<Inputs = OperationInputs> {
  /** The operation that is asked for. */
  operation: keyof Inputs;
}

/** Operations: a list of ids, or an object from an id to true or a rule. */
export type ProxyAllow<Inputs = OperationInputs> = readonly (keyof Inputs)[] | ProxyRules<Inputs>;

/** A rule for each operation that may be called. */
export type ProxyRules<Inputs = OperationInputs> = { readonly [Id in keyof Inputs]?: ProxyRule<Id, Inputs> };

/**
 * Which arguments an operation may have: `true` for any; a pattern for each argument by its name; or a function that
 * gives true, whose `input` is what will be sent, frozen.
 */
export type ProxyRule<Id extends keyof Inputs, Inputs = OperationInputs> =
  | true
  | { readonly [Name in keyof Inputs[Id]]?: ProxyPattern<Inputs[Id][Name]> }
  | ((input: Inputs[Id], request: Request) => boolean | Promise<boolean>);

/**
 * What a value must look like. A string, a number, a boolean or null stands for itself. An object stands for objects
 * whose named fields match; others may be there. An array stands for any value that matches one of its elements. Where
 * the value is a list, it must have elements, and each of them must match.
 */
export type ProxyPattern<T> = Pattern<T> | readonly Pattern<T>[];

type Pattern<T> =
  | Exclude<T, object | undefined>
  | ElementPattern<Extract<T, readonly unknown[]>>
  | ObjectPattern<Exclude<Extract<T, object>, readonly unknown[]>>;
type ElementPattern<List> = List extends readonly (infer Element)[] ? ProxyPattern<Element> : never;
/** One object for all forms of a union, so that `{ type: ['text', 'attachment'] }` is a pattern. */
type ObjectPattern<T> = [T] extends [never] ? never : { readonly [Key in Keys<T>]?: ProxyPattern<Value<T, Key>> };
type Keys<T> = T extends unknown ? keyof T : never;
type Value<T, Key> = T extends unknown ? (Key extends keyof T ? T[Key] : never) : never;

/** Which foreign origins may call. */
export interface ProxyCors {
  /** Origins, exactly: `https://app.example.com`. */
  origins: readonly string[];
  /** Whether their requests may carry cookies; false where it is left out. */
  credentials?: boolean | undefined;
  /** Headers that their requests may carry beside `content-type`. */
  headers?: readonly string[] | undefined;
  /** How long a browser may remember this, in seconds; as the browser likes where it is left out. */
  maxAgeSeconds?: number | undefined;
}

/** What happened, in the body of an answer other than 2xx. */
export type ProxyErrorCode =
  | 'no_route'
  | 'method'
  | 'origin'
  | 'not_allowed'
  | 'not_authorized'
  | 'content_type'
  | 'too_large'
  | 'slow_body'
  | 'json'
  | 'invalid'
  | 'rate_limit'
  | 'service'
  | 'token'
  | 'connection'
  | 'timeout'
  | 'unusable'
  | 'aborted'
  | 'internal';

/** The body of an answer other than 2xx: the contract's Error with more. */
export interface ProxyErrorBody {
  /** What happened, for programs. */
  code: ProxyErrorCode;
  /** What happened, for people: the service's own message where it sent one. */
  message: string;
  /** The HTTP status. */
  status: number;
  /** Whether the service has acted. */
  outcome: Outcome;
  /** Where in the arguments, as `message.message.text`, where they are wrong. */
  path?: string;
}
