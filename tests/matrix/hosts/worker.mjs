// Runs the suite in workerd.

import { suite } from '../suite.mjs';
import { ENTRIES } from './entries.mjs';

export default {
  async fetch(request) {
    return Response.json(await suite(new URL(request.url).searchParams.get('sandbox'), ENTRIES));
  },
};
