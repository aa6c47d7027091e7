/**
 * Sends requests to a sandbox without the proxy and without the client that is to be tested.
 *
 * @param {import('respond-io-wasm/sandbox').Sandbox} sandbox - The sandbox.
 * @returns {import('./operations.mjs').Ask} Gives the value; throws where the status is not 200.
 */
export function asker(sandbox) {
  const headers = [
    ['authorization', 'Bearer sandbox'],
    ['content-type', 'application/json'],
  ];
  return (method, path, body) => {
    const answer = sandbox.respond(method, `/v2${path}`, headers, new TextEncoder().encode(JSON.stringify(body)));
    const text = new TextDecoder().decode(answer.body);
    if (answer.status !== 200) throw new Error(`${method} ${path} was answered with ${answer.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}
