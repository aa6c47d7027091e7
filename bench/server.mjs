// The service of the section `calls`, in a process of its own: answers every request with one contact.

import { createServer } from 'node:http';
import { DOCUMENTS } from './documents.mjs';

const [, contact] = DOCUMENTS['single contact'];
const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(contact) };
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, headers).end(contact);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
