import { inScope } from './scope.js';

/** Runs the suite in this page. */
window.runInPage = inScope;

/** Runs the suite in a dedicated worker. */
window.runInWorker = (sandboxUrl) =>
  new Promise((resolve, reject) => {
    const worker = new Worker('/site/worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message || 'the worker did not start'));
    worker.postMessage(sandboxUrl);
  });
