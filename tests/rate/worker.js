import { RespondIO } from 'respond-io-wasm';

// At module scope, so that every request of the isolate waits in one queue.
let client;

export default {
  async fetch(request, { SERVICE_URL }) {
    client ??= new RespondIO({ apiToken: 'constant-worker', baseUrl: SERVICE_URL, responseValidation: 'off' });
    const { pathname } = new URL(request.url);
    if (pathname === '/stats') return Response.json(client.stats());
    return Response.json(await client.contacts.get(`id:${pathname.slice(1)}`));
  },
};
