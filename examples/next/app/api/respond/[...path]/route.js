import { createProxy } from 'respond-io-wasm/proxy';
import { isSignedIn } from '../../../../session.js';

const proxy = createProxy({
  // A function, since `next build` loads this file where there is no token.
  apiToken: () => process.env.RESPOND_IO_TOKEN,
  allow: { listContacts: true, sendMessage: { message: { message: { type: 'text' } } } },
  authorize: isSignedIn,
  client: { baseUrl: process.env.RESPOND_IO_BASE_URL },
});

export { proxy as GET, proxy as POST };
