// A program of the section `cold` in a fresh isolate: answers once the first request is sent.

import { RespondIO } from 'respond-io-wasm';

export default {
  fetch() {
    return new Promise((resolve, reject) => {
      const fetch = async () => {
        resolve(new Response());
        return new Response('{}');
      };
      new RespondIO({ apiToken: 'token', fetch }).contacts.get('id:1').catch(reject);
    });
  },
};
