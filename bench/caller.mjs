// One client of the section `calls`, whose name and whose service's base URL are its arguments: for each message that says
// how many crowds of how many calls at once, it answers with the milliseconds of CPU that they took.

import { argv } from 'node:process';
import { CLIENTS } from './clients.mjs';
import { cpu } from './measure.mjs';

const [, , name, base] = argv;
const call = await CLIENTS[name](base);
process.on('message', async ({ crowds, size }) => {
  const crowd = size === 1 ? call : () => Promise.all(Array.from({ length: size }, call));
  process.send(await cpu(crowd, crowds));
});
process.send('ready');
