// The program of the section `decode`: prints its rows as JSON. The wasm module, the runtime's name and the options are
// its arguments.

import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { serverReader, worksOf } from './decode.mjs';
import { rowsOf } from './decode-rows.mjs';

const [, , wasm, runtime, options] = argv;
const works = await worksOf(await WebAssembly.compile(readFileSync(wasm)), serverReader());
console.log(JSON.stringify(await rowsOf(works, runtime, JSON.parse(options))));
