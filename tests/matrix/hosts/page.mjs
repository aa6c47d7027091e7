// Runs the suite in a page or in one of its workers.

import { suite } from '../suite.mjs';
import { ENTRIES } from './entries.mjs';

const SCRIPT = new URL('./scope.mjs', import.meta.url);

/** The scopes of a browser, each of which runs the suite. */
window.scopes = {
  page: (url) => suite(url, ENTRIES),
  worker: (url) => ask(new Worker(SCRIPT, { type: 'module' }), url),
  serviceWorker: async (url) => {
    await navigator.serviceWorker.register(SCRIPT, { type: 'module' });
    const { active } = await navigator.serviceWorker.ready;
    return ask(active, url);
  },
};

function ask(worker, url) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message || 'the worker did not start'));
    worker.postMessage(url, [port2]);
  });
}
