// The clients of the section `calls`: for the base URL of a service each gives what gets a contact of it.

const TIMEOUT = 30_000;
const headers = { authorization: 'Bearer token', accept: 'application/json' };
const urlOf = (base) => `${base}/contact/id:1`;

async function ours(baseUrl) {
  const { RespondIO } = await import('respond-io-wasm');
  const client = new RespondIO({ apiToken: 'token', baseUrl, rateLimit: { limit: 100_000, windowMs: 1000 } });
  return () => client.contacts.get('id:1');
}

async function withTimeout(base) {
  return async () => (await fetch(urlOf(base), { headers, signal: AbortSignal.timeout(TIMEOUT) })).json();
}

async function bare(base) {
  return async () => (await fetch(urlOf(base), { headers })).json();
}

async function axios(base) {
  const { default: axios } = await import('axios');
  return async () => (await axios.get(urlOf(base), { headers, timeout: TIMEOUT })).data;
}

async function ky(base) {
  const { default: ky } = await import('ky');
  return () => ky(urlOf(base), { headers, timeout: TIMEOUT }).json();
}

async function octokit(base) {
  const { request } = await import('@octokit/request');
  return async () => (await request(`GET ${urlOf(base)}`, { headers })).data;
}

async function openapi(baseUrl) {
  const { default: createClient } = await import('openapi-fetch');
  const client = createClient({ baseUrl, headers });
  const options = { params: { path: { identifier: 'id:1' } } };
  return async () => (await client.GET('/contact/{identifier}', options)).data;
}

async function withZod(base) {
  const [get, { z }] = [await openapi(base), await import('zod')];
  const contact = z.looseObject({
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
  return async () => contact.parse(await get());
}

async function withValibot(base) {
  const [get, v] = [await openapi(base), await import('valibot')];
  const integer = v.pipe(v.number(), v.integer());
  const contact = v.looseObject({
    id: integer,
    firstName: v.string(),
    lastName: v.string(),
    email: v.string(),
    phone: v.string(),
    language: v.string(),
    profilePic: v.string(),
    countryCode: v.string(),
    status: v.string(),
    assignee: v.nullable(v.string()),
    created: integer,
    tags: v.array(v.string()),
    customFields: v.array(v.looseObject({ name: v.string(), value: v.string() })),
  });
  return async () => v.parse(contact, await get());
}

async function withTypebox(base) {
  const get = await openapi(base);
  const { Type } = await import('@sinclair/typebox');
  const { TypeCompiler } = await import('@sinclair/typebox/compiler');
  const contact = TypeCompiler.Compile(
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
  return async () => {
    const value = await get();
    if (!contact.Check(value)) throw new Error('it is no contact');
    return value;
  };
}

/** By name; with limiter, retries and the default timeout on in ours. */
export const CLIENTS = {
  ours,
  'fetch with a timeout': withTimeout,
  fetch: bare,
  axios,
  ky,
  'openapi-fetch': openapi,
  'openapi-fetch and zod': withZod,
  'openapi-fetch and valibot': withValibot,
  'openapi-fetch and typebox': withTypebox,
  octokit,
};
