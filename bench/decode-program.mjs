// The program of the section `decode`: prints its rows as JSON. The wasm module, the runtime's name and the options are
// its arguments.

import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { decode } from './decode.mjs';

const [, , wasm, runtime, options] = argv;
console.log(JSON.stringify(await decode(await WebAssembly.compile(readFileSync(wasm)), runtime, JSON.parse(options))));
