// Checks exchanges against the contract with validators that know nothing of this project.

import { readFileSync } from 'node:fs';
import requestValidator from 'openapi-request-validator';
import responseValidator from 'openapi-response-validator';
import { parse } from 'yaml';

const { default: RequestValidator } = requestValidator;
const { default: ResponseValidator } = responseValidator;

const CONTRACT = parse(readFileSync(new URL('openapi.yaml', import.meta.url), 'utf8'));
const ERROR = { schema: resolve({ $ref: '#/components/schemas/Error' }) };

/** The forms that the contract names, judged by others than the engine: the runtime's URL, and a plain pattern. */
const FORMATS = { email: (text) => /^[^@\s]+@[^@\s]+$/.test(text), uri: (text) => URL.canParse(text) };

/** The statuses beside the contract's that the sandbox answers with, each with its reason. */
export const UNDOCUMENTED = new Map(
  readFileSync(new URL('undocumented-statuses', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split(' | '))
    .map(([status, reason]) => [Number(status), reason]),
);

/** Stands for a body that is no JSON. */
const INVALID = Symbol('invalid');

/** Every operation of the contract, with its validators. */
export const OPERATIONS = Object.entries(CONTRACT.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => prepared(path, method.toUpperCase(), resolve(operation))),
);

/** An exchange, as a journal holds it. @typedef {{ method: string, url: string, requestHeaders?: [string, string][], requestBody: string, status?: number, responseBody?: string }} Exchange */

/**
 * What the contract has against a request, and against its response where there is one.
 *
 * @param {Exchange} exchange - `url` is the path below the base path, with its query; without headers the body counts
 *   as JSON, without a status the request alone is judged.
 * @returns {{ operation: string | undefined, problems: string[] }} The operation, and what is wrong.
 */
export function validateExchange(exchange) {
  const { pathname, searchParams } = new URL(exchange.url, 'http://contract.test');
  const operation = OPERATIONS.find(({ method, pattern }) => method === exchange.method && pattern.test(pathname));
  if (!operation) return { operation: undefined, problems: [`no operation is ${exchange.method} ${pathname}`] };
  const request = {
    headers: Object.fromEntries(exchange.requestHeaders ?? [['content-type', 'application/json']]),
    params: numbers(operation.pattern.exec(pathname).groups),
    query: numbers(Object.fromEntries(searchParams)),
    body: parsed(exchange.requestBody),
  };
  const problems = [
    ...requestProblems(operation, request),
    ...responseProblems(operation, exchange.status, parsed(exchange.responseBody) ?? null),
  ];
  return { operation: operation.id, problems };
}

/**
 * A fetch that checks every exchange that passes through it.
 *
 * @param {typeof fetch} fetch - What carries the requests.
 * @param {string} base - What stands before the paths: `https://api.respond.io/v2`.
 * @returns {{ fetch: typeof fetch, exchanges: { operation: string | undefined, problems: string[] }[] }} The fetch, and what it saw.
 */
export function validatedFetch(fetch, base) {
  const exchanges = [];
  const checked = async (url, init) => {
    const response = await fetch(url, init);
    const responseBody = await response.clone().text();
    const { status } = response;
    const path = String(url).slice(base.length);
    const requestHeaders = [...new Headers(init.headers)];
    const request = { method: init.method, url: path, requestHeaders, requestBody: textOf(init.body) };
    exchanges.push(validateExchange({ ...request, status, responseBody }));
    return response;
  };
  return { fetch: checked, exchanges };
}

/** A request's body, given as text or as its bytes. */
function textOf(body) {
  return typeof body === 'string' ? body : new TextDecoder().decode(body ?? new Uint8Array());
}

function prepared(path, method, operation) {
  const { operationId: id, parameters = [], requestBody, responses } = operation;
  const bodies = Object.entries(responses).map(([status, response]) => {
    const schema = response.content?.['application/json'].schema;
    return [status, { schema: schema ?? { type: 'null' } }];
  });
  const pattern = new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
  return {
    id,
    method,
    path,
    pattern,
    statuses: Object.keys(responses).map(Number),
    hasBody: requestBody !== undefined,
    queries: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
    request: new RequestValidator({ parameters, requestBody, customFormats: FORMATS }),
    response: new ResponseValidator({ responses: Object.fromEntries(bodies), customFormats: FORMATS }),
    error: new ResponseValidator({ responses: { default: ERROR }, customFormats: FORMATS }),
  };
}

function requestProblems({ request, hasBody, queries }, asked) {
  if (asked.body === INVALID) return ['request: the body is no JSON'];
  const problems = [];
  // The validator writes defaults into what it is given.
  const found = request.validateRequest(structuredClone(asked));
  for (const error of found?.errors ?? []) problems.push(`request: ${error.location} ${error.path} ${error.message}`);
  if (!hasBody && asked.body !== undefined) problems.push('request: the operation has no body');
  for (const name of Object.keys(asked.query)) {
    if (!queries.includes(name)) problems.push(`request: the query has no ${name}`);
  }
  return problems;
}

function responseProblems({ id, statuses, response, error }, status, body) {
  if (status === undefined) return [];
  if (body === INVALID) return [`response: ${status} has a body that is no JSON`];
  const isDocumented = statuses.includes(status);
  if (!isDocumented && !UNDOCUMENTED.has(status)) return [`response: ${id} answers ${status}, which nobody lists`];
  if (!isDocumented && body === null) return [`response: ${status} has no Error body`];
  const found = isDocumented ? response.validateResponse(status, body) : error.validateResponse('default', body);
  return (found?.errors ?? []).map((error) => `response: ${status} ${error.path} ${error.message}`);
}

/** What a body says; undefined where there is none. */
function parsed(text) {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return INVALID;
  }
}

/** Path and query hold text; what is written as a number is one. */
function numbers(values = {}) {
  const read = ([name, text]) => [name, /^-?\d+$/.test(text) ? Number(text) : decodeURIComponent(text)];
  return Object.fromEntries(Object.entries(values).map(read));
}

/** The value with every reference replaced by what it refers to. */
function resolve(value) {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== 'object' || value === null) return value;
  if (value.$ref) {
    const target = value.$ref.slice(2).split('/');
    return resolve(target.reduce((part, name) => part[name], CONTRACT));
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner)]));
}
