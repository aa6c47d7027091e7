// Runs the suite in a dedicated or a service worker.

import { suite } from '../suite.mjs';
import { ENTRIES } from './entries.mjs';

addEventListener('message', (event) => {
  const [port] = event.ports;
  const done = suite(event.data, ENTRIES).then((rows) => port.postMessage(rows));
  event.waitUntil?.(done);
});
