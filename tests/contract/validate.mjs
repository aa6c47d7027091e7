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

/** Every operation of the contract, with its validators. */
export const OPERATIONS = Object.entries(CONTRACT.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => prepared(path, method.toUpperCase(), resolve(operation))),
);

/** An exchange, as a journal holds it. @typedef {{ method: string, url: string, requestBody: string, status?: number, responseBody?: string }} Exchange */

/**
 * What the contract has against a request, and against its response where there is one.
 *
 * @param {Exchange} exchange - `url` is the path below the base path, with its query.
 * @returns {{ operation: string | undefined, problems: string[] }} The operation, and what is wrong.
 */
export function validateExchange(exchange) {
  const { pathname, searchParams } = new URL(exchange.url, 'http://contract.test');
  const operation = OPERATIONS.find(({ method, pattern }) => method === exchange.method && pattern.test(pathname));
  if (!operation) return { operation: undefined, problems: [`no operation is ${exchange.method} ${pathname}`] };
  const request = {
    headers: { 'content-type': 'application/json' },
    params: numbers(operation.pattern.exec(pathname).groups),
    query: numbers(Object.fromEntries(searchParams)),
    body: exchange.requestBody ? JSON.parse(exchange.requestBody) : undefined,
  };
  const problems = [...requestProblems(operation, request), ...responseProblems(operation, exchange)];
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
    exchanges.push(
      validateExchange({ method: init.method, url: path, requestBody: init.body ?? '', status, responseBody }),
    );
    return response;
  };
  return { fetch: checked, exchanges };
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

function responseProblems({ id, statuses, response, error }, { status, responseBody }) {
  if (status === undefined) return [];
  const body = responseBody ? JSON.parse(responseBody) : null;
  const isDocumented = statuses.includes(status);
  if (!isDocumented && !UNDOCUMENTED.has(status)) return [`response: ${id} answers ${status}, which nobody lists`];
  if (!isDocumented && body === null) return [`response: ${status} has no Error body`];
  const found = isDocumented ? response.validateResponse(status, body) : error.validateResponse('default', body);
  return (found?.errors ?? []).map((error) => `response: ${status} ${error.path} ${error.message}`);
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
