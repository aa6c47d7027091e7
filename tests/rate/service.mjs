// A service that counts arrivals in sliding windows, for each token by itself, behind a network that delays: a program
// of its own, so that its work and the client's do not wait for each other. It is told of networks and asked for figures
// by messages of its parent.

import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT = 5;
const WINDOW_MS = 1000;

/** How long a request and its answer travel, in milliseconds. */
const NETWORKS = {
  constant: () => [50, 50],
  jitter: () => [80 * Math.random(), 80 * Math.random()],
};

/** What is known of each token: its network, when its requests arrived, and how many met a full window. */
const accounts = new Map();

function account(token) {
  if (!accounts.has(token)) accounts.set(token, { network: token.split('-')[0], arrivals: [], refused: 0 });
  return accounts.get(token);
}

/** Counts an arrival; gives whether the window has room for it. */
function arrive(account) {
  const now = performance.now();
  if (account.arrivals.filter((time) => time > now - WINDOW_MS).length >= LIMIT) {
    account.refused += 1;
    return false;
  }
  account.arrivals.push(now);
  return true;
}

const server = createServer(async (request, response) => {
  const known = account(request.headers.authorization.slice('Bearer '.length));
  const [up, down] = NETWORKS[known.network]();
  await sleep(up);
  const isTaken = arrive(known);
  await sleep(down);
  response.writeHead(isTaken ? 200 : 429, {
    'content-type': 'application/json',
    ...(!isTaken && { 'retry-after': '1' }),
  });
  response.end(isTaken ? '{"id":1}' : '{"message":"Too many requests"}');
});

server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
process.on('message', (token) => process.send(account(token)));
process.on('disconnect', () => process.exit());
