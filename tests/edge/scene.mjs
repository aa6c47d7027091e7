// A proxy in front of a sandbox, and a page's client in front of the proxy.

import { createSandbox } from 'respond-io-wasm/sandbox';
import { CONTRACT } from './surfaces.mjs';

/** The token that no page may see. */
export const TOKEN = 'rio-edge.token_0123456789';
/** The origin of the page and of its server. */
export const ORIGIN = 'https://app.example.com';
/** Where the page finds the proxy. */
export const BASE = `${ORIGIN}/api/respond`;

/** The ids of all operations. */
export const ALL = [
  'createContact',
  'createOrUpdateContact',
  'listContacts',
  'getContact',
  'updateContact',
  'deleteContact',
  'mergeContacts',
  'addContactTags',
  'removeContactTags',
  'listContactChannels',
  'sendMessage',
  'getMessage',
  'updateConversationStatus',
  'assignConversation',
  'createComment',
  'createTag',
  'updateTag',
  'deleteTag',
  'listCustomFields',
  'createCustomField',
];

/** A sandbox with two contacts that takes the token and knows no limit. */
export function sandboxed(options = {}) {
  return createSandbox({ tokens: [TOKEN], rateLimit: false, seed: { count: 2 }, freezeAt: 1.7e12, ...options });
}

/** Options of a proxy before a sandbox. */
export function optionsFor(sandbox, { client, ...options } = {}) {
  const quiet = { fetch: sandbox.fetch, rateLimit: false, maxRetries: 0, logLevel: 'off', ...client };
  return { apiToken: TOKEN, allow: ALL, authorize: () => true, ...options, client: quiet };
}

/** A proxy in front of a sandbox, with a page's client that speaks to it. */
export async function scene(options = {}, surface = CONTRACT) {
  const sandbox = await sandboxed({ surface: surface.name });
  const proxy = surface.createProxy(optionsFor(sandbox, options));
  return { sandbox, proxy, page: pageOf(proxy, {}, surface), ask: asking(proxy) };
}

/** A page's client: its token, which a page does not need, must not reach the service either. */
export function pageOf(proxy, options = {}, { Client } = CONTRACT) {
  const fetch = (url, init) => proxy(new Request(url, init));
  return new Client({ apiToken: 'page', baseUrl: BASE, fetch, rateLimit: false, maxRetries: 0, ...options });
}

/** Asks a proxy: gives the status, the body as JSON where there is one, and the headers. */
export function asking(proxy) {
  return async (method, path, { body, headers = {}, ...init } = {}) => {
    const hasBody = body !== undefined;
    const type = hasBody ? { 'content-type': 'application/json' } : {};
    const text = hasBody && !(body instanceof ReadableStream || body instanceof Uint8Array) && typeof body !== 'string';
    const request = new Request(path.startsWith('http') ? path : BASE + path, {
      method,
      headers: { ...type, ...headers },
      ...(hasBody && { body: text ? JSON.stringify(body) : body, duplex: 'half' }),
      ...init,
    });
    const response = await proxy(request);
    const said = await response.text();
    return {
      status: response.status,
      body: said ? JSON.parse(said) : undefined,
      text: said,
      headers: response.headers,
    };
  };
}
