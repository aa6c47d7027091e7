// Preloaded into a program that would speak to the service: a sandbox answers in its place. What the program serves
// itself is reached.

import { createSandbox } from 'respond-io-wasm/sandbox';

const sandbox = await createSandbox({ seed: { count: 250 } });
const { fetch } = globalThis;
const isOwn = (input) => String(input.url ?? input).startsWith('http://127.0.0.1:');
globalThis.fetch = (input, init) => (isOwn(input) ? fetch : sandbox.fetch)(input, init);
