// Makes the calls of the plan that it reads, in Deno.

import { RespondIO, RespondIOError } from 'respond-io-wasm';
import { makeCalls } from '../callers.mjs';
import { CLIENT_OPTIONS } from '../settings.mjs';

const { baseUrl, steps } = await new Response(Deno.stdin.readable).json();
const client = new RespondIO({ ...CLIENT_OPTIONS, baseUrl });
console.log(JSON.stringify(await makeCalls(client, RespondIOError, steps)));
