// A fetch that answers from a script and records what it was asked.

import { RespondIO } from 'respond-io-wasm';

/** A JSON answer. */
export const json = (value, init) => new Response(typeof value === 'string' ? value : JSON.stringify(value), init);

/** A client whose fetch gives the answers in turn (a Response, an Error to throw, or a function of the request). */
export function scripted(answers, options = {}) {
  const requests = [];
  const fetch = async (url, init) => {
    const request = { url, method: init.method, headers: init.headers, body: init.body, signal: init.signal };
    requests.push(request);
    const answer = answers[requests.length - 1];
    if (answer === undefined) throw new Error(`no answer is scripted for request ${requests.length}`);
    if (answer instanceof Error) throw answer;
    return typeof answer === 'function' ? answer(request) : answer;
  };
  const client = new RespondIO({ apiToken: 'token', fetch, responseValidation: 'throw', ...options });
  return { client, requests };
}

/** A fetch that never answers, until its signal aborts. */
export const hanging = ({ signal }) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))));
