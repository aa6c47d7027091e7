// What every runtime under test does, by steps that are JSON.

/**
 * A step.
 *
 * @typedef {object} Step
 * @property {keyof typeof WAYS} way - What is done.
 * @property {string} [marker] - The request's marker, which says what the server does with it.
 * @property {number} [stock] - How many connections are open and idle beforehand; 1.
 * @property {number} [timeout] - After how many milliseconds the try is given up.
 * @property {number} [abortAfter] - After how many milliseconds the call is aborted.
 */

/**
 * Takes the steps one after the other.
 *
 * @param {{ RespondIO: typeof import('respond-io-wasm').RespondIO }} library - The package.
 * @param {string} url - The server.
 * @param {readonly Step[]} steps - The steps.
 * @returns {Promise<object[]>} What came of each.
 */
export async function take({ RespondIO }, url, steps) {
  const client = new RespondIO({
    apiToken: 'token',
    baseUrl: url,
    rateLimit: false,
    maxRetries: 0,
    logLevel: 'off',
    dangerouslyAllowBrowser: true,
  });
  const results = [];
  for (const { way, marker, stock = 1, timeout, abortAfter } of steps) {
    await Promise.all(Array.from({ length: stock }, () => WAYS.plain({ url, marker: 'slow-stock' })));
    const signal = abortAfter === undefined ? undefined : AbortSignal.timeout(abortAfter);
    const call = WAYS[way]({ url, marker, client, options: { signal, timeout } });
    results.push(await call.then(() => ({ error: null }), describe));
  }
  return results;
}

const WAYS = {
  /** A write that is not idempotent, by the package. */
  send: ({ client, marker, options }) => client.messaging.send('id:1', text(marker), options),
  /** The same, with leave to be repeated. */
  sendUnsafe: ({ client, marker, options }) =>
    client.messaging.send('id:1', text(marker), { ...options, retryUnsafe: true }),
  /** A write that is idempotent, by the package. */
  update: ({ client, marker, options }) => client.contacts.update('id:1', { firstName: marker }, options),
  /** The first write again, by `fetch` alone. */
  async plain({ url, marker }) {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const response = await fetch(`${url}/contact/id:1/message`, { ...init, body: JSON.stringify(text(marker)) });
    await response.text();
  },
  /** Nothing, for half a second. */
  pause: () => new Promise((resolve) => setTimeout(resolve, 500)),
  /** In a page: puts a service worker that forwards every request between the page and its servers. */
  async forward() {
    const controlled = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
    await navigator.serviceWorker.register('/wire/service-worker.mjs');
    await controlled;
  },
};

const text = (marker) => ({ message: { type: 'text', text: marker } });

/** An error as JSON, with all that its cause says of a reason. */
function describe({ name, outcome, cause }) {
  const reason = cause?.cause ?? cause;
  const reasons = (reason?.errors ?? [reason]).map((one) => ({
    code: one?.code,
    syscall: one?.syscall,
    message: one?.message,
  }));
  return { error: name, outcome, reasons };
}
