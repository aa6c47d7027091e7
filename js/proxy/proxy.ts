import { discard } from '../linger.js';
import { compileAllow, type Rule } from './allow.js';
import { readJson } from './body.js';
import { check, type Settings } from './check.js';
import { explain } from './explain.js';
import { corsHeaders, isForeign, isPreflight, preflightHeaders } from './origin.js';
import type { Proxied } from './proxied.js';
import { Refusal, type Reply } from './refusal.js';
import { addressed, type NumberedRoute, routesOf, segmentsBelow } from './route.js';
import { Service } from './service.js';
import type { ProxyFunction, ProxyOptions } from './types.js';

/** Makes a proxy in front of a surface of the service. */
export function proxyOf<Inputs>(proxied: Proxied, options: ProxyOptions<Inputs>): ProxyFunction {
  const settings = check(proxied.routes, options);
  const service = new Service(proxied, options);
  return async (request) => {
    const reply = await serve(settings, service, request).catch((error) => refused(error, service));
    discard(request);
    return respond(withoutToken(reply, service), corsHeaders(request.headers, settings.cors));
  };
}

/** Lets a request through to the service, once everything that can be checked was. */
async function serve(settings: Settings, service: Service, request: Request): Promise<Reply> {
  const url = new URL(request.url);
  const segments = segmentsBelow(settings.basePath, url.pathname) ?? [];
  const routes = routesOf(settings.routes, segments);
  if (routes.length === 0) throw new Refusal(404, 'no_route', 'there is no such route');
  if (isPreflight(request)) return preflight(settings, request, routes);
  const route = routeFor(request.method, routes);
  if (isForeign(request.headers, url.origin, settings.cors)) throw foreign();
  const rule = settings.allowed.get(route.id);
  if (!rule) throw new Refusal(403, 'not_allowed', `the proxy does not offer ${route.id}`);
  const copy = new Request(request.url, { method: request.method, headers: request.headers });
  const narrower = await authorized(settings, service, route, copy);
  const input = addressed(route, segments, url.searchParams);
  const body = route.arguments.find((argument) => argument.in === 'body');
  if (body) input[body.name] = await readJson(request, settings);
  await judge(service, route, input, copy, [rule, narrower]);
  return service.send(route, input, request.signal);
}

function routeFor(method: string, routes: readonly NumberedRoute[]): NumberedRoute {
  const route = routes.find((route) => route.method === method);
  if (route) return route;
  const headers = { allow: routes.map((route) => route.method).join(', ') };
  throw new Refusal(405, 'method', 'the route does not have this method', { headers });
}

/** Asks every rule; none of them can change what it judges. */
async function judge(
  service: Service,
  { id }: NumberedRoute,
  input: Readonly<Record<string, unknown>>,
  request: Request,
  rules: readonly Rule[],
): Promise<void> {
  deepFreeze(input);
  for (const rule of rules) {
    if ((await asked(service, 'a rule', () => rule(input, request))) === true) continue;
    throw new Refusal(403, 'not_allowed', `the proxy does not offer ${id} with these arguments`);
  }
}

/** The answer to a browser that asks what a page of a listed origin may send. */
function preflight({ allowed, cors }: Settings, { headers }: Request, routes: readonly NumberedRoute[]): Reply {
  if (!cors?.origins.has(headers.get('origin') ?? '')) throw foreign();
  const methods = routes.filter(({ id }) => allowed.has(id)).map(({ method }) => method);
  if (methods.length === 0) throw new Refusal(403, 'not_allowed', 'the proxy does not offer this');
  return { status: 204, body: undefined, outcome: 'not_sent', headers: preflightHeaders(cors, methods) };
}

/** Asks who calls; gives the rule that the answer adds. */
async function authorized(
  { authorize, routes }: Settings,
  service: Service,
  { id }: NumberedRoute,
  request: Request,
): Promise<Rule> {
  const rule = await asked(service, 'authorize', async () => {
    const answer = await authorize(request, { operation: id });
    if (answer === true) return () => true;
    return answer ? compileAllow(routes, answer, 'the answer of authorize').get(id) : undefined;
  });
  if (rule) return rule;
  throw new Refusal(403, 'not_authorized', `this request may not call ${id}`);
}

/** What a function of the proxy's owner says; where it throws, only the owner learns why. */
async function asked<T>(service: Service, name: string, ask: () => T): Promise<Awaited<T>> {
  try {
    return await ask();
  } catch (error) {
    service.log(`${name} threw: ${String(error)}`);
    throw internal();
  }
}

/** The answer to a request that failed. What is the owner's to put right is logged. */
function refused(error: unknown, service: Service): Reply {
  const { code, reply } = explain(error, service.surface) ?? internal();
  if (error instanceof Refusal) return reply;
  if (code === 'internal' || code === 'token') service.log(String(error));
  return reply;
}

/** An answer that echoes the token would hand it to every page. */
function withoutToken(reply: Reply, { secrets }: Service): Reply {
  const texts = [reply.body ?? '', ...Object.values(reply.headers)];
  if (!texts.some((text) => secrets.areIn(text))) return reply;
  return new Refusal(502, 'unusable', "the service's answer held the token", { outcome: reply.outcome }).reply;
}

function respond({ status, body, headers }: Reply, cors: Record<string, string>): Response {
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const fixed = { ...type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  return new Response(body ?? null, { status, headers: { ...fixed, ...headers, ...cors } });
}

function foreign(): Refusal {
  return new Refusal(403, 'origin', 'pages of this origin may not call');
}

function internal(): Refusal {
  return new Refusal(500, 'internal', 'the proxy failed');
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
}
