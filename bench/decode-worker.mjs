// The Worker of the section `decode`: runs one of its works so many times, for a request that says which and how often.

import '../js/entry/runtime.workerd.ts';
import { serverReader, worksOf } from './decode.mjs';
import module from './engine.wasm';

let works;

export default {
  async fetch(request) {
    const { name, way, count = 1 } = await request.json();
    works ??= await worksOf(module, serverReader());
    for (let i = 0; i < count; i++) await works[name][way]();
    return new Response();
  },
};
