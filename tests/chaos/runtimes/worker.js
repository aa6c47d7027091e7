import { RespondIO, RespondIOError } from 'respond-io-wasm';
import { makeCalls } from '../callers.mjs';
import { CLIENT_OPTIONS } from '../settings.mjs';

export default {
  /** Makes the calls of a plan in this Worker. */
  async fetch(request) {
    const { baseUrl, steps } = await request.json();
    const client = new RespondIO({ ...CLIENT_OPTIONS, baseUrl });
    return Response.json(await makeCalls(client, RespondIOError, steps));
  },
};
