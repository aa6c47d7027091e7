// A Cloudflare Worker that makes contacts of sign-ups: POST a JSON object with email and firstName.

import { RateLimitError, RespondIO, ValidationError } from 'respond-io-wasm';

export default {
  async fetch(request, env) {
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    const client = new RespondIO({ apiToken: env.RESPOND_IO_TOKEN, baseUrl: env.RESPOND_IO_BASE_URL });
    try {
      const { email, firstName } = await request.json();
      const contact = await client.contacts.createOrUpdate({ email }, { firstName });
      return Response.json({ id: contact.id });
    } catch (error) {
      return refusal(error);
    }
  },
};

function refusal(error) {
  if (error instanceof SyntaxError) return Response.json({ error: 'The body is not JSON.' }, { status: 400 });
  if (error instanceof ValidationError) return Response.json({ error: error.message }, { status: 400 });
  if (error instanceof RateLimitError) {
    const headers = { 'retry-after': String(Math.ceil(error.retryAfter ?? 1)) };
    return Response.json({ error: 'There are too many sign-ups at once.' }, { status: 503, headers });
  }
  console.error(error);
  return Response.json({ error: 'The sign-up could not be kept.' }, { status: 502 });
}
