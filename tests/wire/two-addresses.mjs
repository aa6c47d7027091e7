// Preloaded into Node: each name has two addresses, of which the second is this machine's usual one.

import dns from 'node:dns';

const ADDRESSES = [
  { address: '127.0.0.2', family: 4 },
  { address: '127.0.0.1', family: 4 },
];

dns.lookup = (_name, options, callback) => {
  if (options.all) return callback(null, ADDRESSES);
  const [{ address, family }] = ADDRESSES;
  callback(null, address, family);
};
