// The CPU of one call beside that of its peers, against a service in another process: prints its rows as JSON. The
// service's port and the options are its arguments.

import { argv } from 'node:process';
import { request as octokit } from '@octokit/request';
import { Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import axios from 'axios';
import ky from 'ky';
import createFetchClient from 'openapi-fetch';
import { RespondIO } from 'respond-io-wasm';
import * as v from 'valibot';
import { z } from 'zod';
import { cpu, interleave, row } from './measure.mjs';

const [, , port, options] = argv;
const TIMEOUT = 30_000;
const url = `http://127.0.0.1:${port}/contact/id:1`;
const headers = { authorization: 'Bearer token', accept: 'application/json' };

const client = new RespondIO({
  apiToken: 'token',
  baseUrl: `http://127.0.0.1:${port}`,
  rateLimit: { limit: 100_000, windowMs: 1000 },
});
const openapi = createFetchClient({ baseUrl: `http://127.0.0.1:${port}`, headers });
const viaOpenapi = async () =>
  (await openapi.GET('/contact/{identifier}', { params: { path: { identifier: 'id:1' } } })).data;

const zod = z.looseObject({
  id: z.int(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string(),
  language: z.string(),
  profilePic: z.string(),
  countryCode: z.string(),
  status: z.string(),
  assignee: z.string().nullable(),
  created: z.int(),
  tags: z.array(z.string()),
  customFields: z.array(z.looseObject({ name: z.string(), value: z.string() })),
});
const valibot = v.looseObject({
  id: v.pipe(v.number(), v.integer()),
  firstName: v.string(),
  lastName: v.string(),
  email: v.string(),
  phone: v.string(),
  language: v.string(),
  profilePic: v.string(),
  countryCode: v.string(),
  status: v.string(),
  assignee: v.nullable(v.string()),
  created: v.pipe(v.number(), v.integer()),
  tags: v.array(v.string()),
  customFields: v.array(v.looseObject({ name: v.string(), value: v.string() })),
});
const typebox = TypeCompiler.Compile(
  Type.Object({
    id: Type.Integer(),
    firstName: Type.String(),
    lastName: Type.String(),
    email: Type.String(),
    phone: Type.String(),
    language: Type.String(),
    profilePic: Type.String(),
    countryCode: Type.String(),
    status: Type.String(),
    assignee: Type.Union([Type.String(), Type.Null()]),
    created: Type.Integer(),
    tags: Type.Array(Type.String()),
    customFields: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  }),
);
const checked = (value) => {
  if (!typebox.Check(value)) throw new Error('it is no contact');
  return value;
};

const PEERS = {
  ours: () => client.contacts.get('id:1'),
  'fetch with a timeout': async () => (await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT) })).json(),
  fetch: async () => (await fetch(url, { headers })).json(),
  axios: async () => (await axios.get(url, { headers, timeout: TIMEOUT })).data,
  ky: () => ky(url, { headers, timeout: TIMEOUT }).json(),
  'openapi-fetch': viaOpenapi,
  'openapi-fetch and zod': async () => zod.parse(await viaOpenapi()),
  'openapi-fetch and valibot': async () => v.parse(valibot, await viaOpenapi()),
  'openapi-fetch and typebox': async () => checked(await viaOpenapi()),
  octokit: async () => (await octokit(`GET ${url}`, { headers })).data,
};
const GOALS = {
  1: { 'fetch with a timeout': 1, fetch: 1.12 },
  64: { 'fetch with a timeout': 1.05, fetch: 1.18 },
};

/** Each peer with so many calls at once. */
function crowds(concurrency) {
  const crowd = (call) => () => Promise.all(Array.from({ length: concurrency }, call));
  return Object.fromEntries(Object.entries(PEERS).map(([name, call]) => [name, crowd(call)]));
}

const given = JSON.parse(options);
const rows = [];
for (const concurrency of [1, 64]) {
  const warm = Math.ceil(given.warm / concurrency);
  const times = await interleave(crowds(concurrency), { ...given, warm }, cpu);
  for (const name in times) times[name] = times[name].map((time) => time / concurrency);
  for (const peer of Object.keys(PEERS).slice(1)) {
    const name = `call: ${concurrency} at once, beside ${peer}`;
    rows.push(row(name, 'Node', times, 'ours', peer, GOALS[concurrency][peer] ?? null, 'ms CPU'));
  }
}
console.log(JSON.stringify(rows));
process.exit();
