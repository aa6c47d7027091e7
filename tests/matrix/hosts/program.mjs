// Runs the suite in a runtime that is a program; its argument: the sandbox.

import { suite } from '../suite.mjs';
import { ENTRIES } from './entries.mjs';

const [url] = globalThis.Deno ? globalThis.Deno.args : process.argv.slice(2);
console.log(JSON.stringify(await suite(url, ENTRIES)));
