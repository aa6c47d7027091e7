// The proxy: options that are missing or unknown, operations and arguments that do not exist, patterns of other kinds.
import { createProxy, type ProxyOptions, type ProxyRules } from 'respond-io-wasm/proxy';

const authorize = () => true;
const apiToken = 'token';

// @ts-expect-error
createProxy();
// @ts-expect-error
createProxy({ apiToken, allow: [] });
// @ts-expect-error
createProxy({ apiToken, authorize });
// @ts-expect-error
createProxy({ allow: [], authorize });
// @ts-expect-error
createProxy({ apiToken: 1, allow: [], authorize });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize: true });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize: () => 'yes' });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize: () => ['getContakt'] });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize: () => undefined });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize: () => new Response() });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize: (_request, { operation }) => operation === 'getContakt' });
// @ts-expect-error
createProxy({ apiToken, allow: ['getContakt'], authorize });
// @ts-expect-error
createProxy({ apiToken, allow: 'getContact', authorize });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize, cors: { origins: 'https://app.example.com' } });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize, cors: {} });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize, cors: '*' });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize, basepath: '/api' });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize, client: { apiToken } });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize, client: { dangerouslyAllowBrowser: true } });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize, client: { timeout: '5s' } });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize, maxBodyBytes: '64k' });
// @ts-expect-error
createProxy({ apiToken, allow: [], authorize })('https://app.example.com');

// @ts-expect-error
export const unknownOperation: ProxyRules = { getContakt: true };
// @ts-expect-error
export const no: ProxyRules = { getContact: false };
// @ts-expect-error
export const unknownArgument: ProxyRules = { getContact: { contact: 'id:1' } };
// @ts-expect-error
export const anObject: ProxyRules = { getContact: { identifier: { id: 1 } } };
// @ts-expect-error
export const lost: ProxyRules = { getContact: { identifier: undefined } };
// @ts-expect-error
export const noIdentifier: ProxyRules = { getContact: { identifier: 'aida' } };
// @ts-expect-error
export const text: ProxyRules = { deleteTag: { tagId: '5' } };
// @ts-expect-error
export const unknownParameter: ProxyRules = { listContacts: { query: { Limit: 5 } } };
// @ts-expect-error
export const unknownType: ProxyRules = { sendMessage: { message: { message: { type: 'sms' } } } };
// @ts-expect-error
export const unknownTypes: ProxyRules = { sendMessage: { message: { message: { type: ['text', 'sms'] } } } };
// @ts-expect-error
export const unknownField: ProxyRules = { sendMessage: { message: { channel: 1 } } };
// @ts-expect-error
export const number: ProxyRules = { addContactTags: { tags: [1] } };
// @ts-expect-error
export const noBoolean: ProxyRules = { getContact: ({ identifier }) => identifier };
// @ts-expect-error
export const otherArgument: ProxyRules = { getContact: ({ tagId }) => tagId === 5 };
// @ts-expect-error
export const frozen = (options: ProxyOptions) => Object.assign(options, {}).cors?.origins.push('https://a.example');
// @ts-expect-error
export type Inner = import('respond-io-wasm/proxy').Refusal;
// @ts-expect-error
export type Main = typeof import('respond-io-wasm').createProxy;
