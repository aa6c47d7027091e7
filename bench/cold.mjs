// A fresh process: milliseconds from before the import to the first request sent, of the package, or of the import of
// axios alone.

import { argv } from 'node:process';

const start = performance.now();
const took = await (argv[2] === 'ours' ? firstRequest() : import('axios').then(() => performance.now() - start));
console.log(JSON.stringify(took));

async function firstRequest() {
  const { RespondIO } = await import('respond-io-wasm');
  return new Promise((resolve, reject) => {
    const fetch = async () => {
      resolve(performance.now() - start);
      return new Response('{}');
    };
    new RespondIO({ apiToken: 'token', fetch }).contacts.get('id:1').catch(reject);
  });
}
