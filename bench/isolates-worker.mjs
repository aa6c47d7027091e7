// The Worker that loads fresh isolates of a program, one after another, and asks each of them, for a request that says which
// and how many.

import engine from './engine.bin';
import axios from './isolate-axios.txt';
import empty from './isolate-empty.txt';
import ours from './isolate-ours.txt';

const PROGRAMS = {
  axios: { 'main.js': axios },
  empty: { 'main.js': empty },
  ours: { 'main.js': ours, 'engine.wasm': { wasm: engine } },
};
let loaded = 0;

export default {
  async fetch(request, { LOADER, compatibilityDate }) {
    const { program, count } = await request.json();
    const code = () => ({ compatibilityDate, mainModule: 'main.js', modules: PROGRAMS[program] });
    for (let i = 0; i < count; i++) {
      loaded += 1;
      const response = await LOADER.get(String(loaded), code).getEntrypoint().fetch('http://isolate/');
      if (!response.ok) throw new Error(await response.text());
    }
    return new Response();
  },
};
