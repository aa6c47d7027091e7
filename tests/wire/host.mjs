// Takes the steps in a runtime that is a program; arguments: the package's entry, the server and the steps.

import { take } from './scenario.mjs';

const [entry, url, steps] = globalThis.Deno ? globalThis.Deno.args : process.argv.slice(2);
console.log(JSON.stringify(await take(await import(entry), url, JSON.parse(steps))));
// Connections that are still open would keep the program.
(globalThis.Deno ?? process).exit();
