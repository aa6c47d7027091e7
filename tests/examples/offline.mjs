// Preloaded into a program that would speak to the service: a sandbox answers in its place.

import { createSandbox } from 'respond-io-wasm/sandbox';

const sandbox = await createSandbox({ seed: { count: 250 } });
globalThis.fetch = sandbox.fetch;
