// Takes the steps in a Worker.

import * as library from 'respond-io-wasm';
import { take } from './scenario.mjs';

export default {
  async fetch(request) {
    const { url, steps } = await request.json();
    return Response.json(await take(library, url, steps));
  },
};
