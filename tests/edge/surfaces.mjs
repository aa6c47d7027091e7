// The two surfaces that a proxy serves, each with what an attack on it needs to know.

import { RespondIO as ContractClient } from 'respond-io-wasm';
import { RespondIO as LiveClient } from 'respond-io-wasm/live';
import { createProxy as createContractProxy } from 'respond-io-wasm/proxy';
import { createProxy as createLiveProxy } from 'respond-io-wasm/proxy/live';
import { CALLS as LIVE_CALLS } from '../js/live-operations.mjs';
import { CALLS as CONTRACT_CALLS } from '../js/operations.mjs';

/** What both offer to an attack. */
const ALLOW = {
  getContact: { identifier: 'id:1' },
  getMessage: { identifier: 'id:1', messageId: 7 },
  sendMessage: { identifier: 'id:1', message: { message: { type: 'text' } } },
};
/** What may reach the service for it. */
const PERMITTED = [
  /^GET \/v2\/contact\/id:1$/,
  /^GET \/v2\/contact\/id:1\/message\/7$/,
  /^POST \/v2\/contact\/id:1\/message$/,
];

/**
 * A surface: its proxy and client, its operations, and what is offered to an attack, beside a contact, a message and
 * sending: a list with a query, something with a number, and an operation without a body.
 */
export const CONTRACT = {
  name: 'contract',
  createProxy: createContractProxy,
  Client: ContractClient,
  calls: CONTRACT_CALLS,
  allow: { ...ALLOW, listContacts: { query: { limit: [5, 10] } }, deleteTag: { tagId: 5 } },
  permitted: [
    ...PERMITTED,
    /^GET \/v2\/contact\/list\?(cursorId=-?[1-9]\d*&)?limit=(5|10)(&cursorId=-?[1-9]\d*)?$/,
    /^DELETE \/v2\/tag\/5$/,
  ],
  list: '/contact/list',
  numbered: { method: 'DELETE', path: '/tag/' },
  bodiless: { method: 'DELETE', path: '/tag/5' },
  channels: '/contact/id:1/channel',
  hasAnswerToDelete: false,
};

/** The service as accounts meet it. */
export const LIVE = {
  name: 'live',
  createProxy: createLiveProxy,
  Client: LiveClient,
  calls: LIVE_CALLS.map((call) => ({
    ...call,
    call: (client, ...args) => client[call.resource][call.method](...args),
  })),
  allow: {
    ...ALLOW,
    listUsers: { query: { limit: [5, 10] } },
    getUser: { id: 5 },
    deleteContact: { identifier: 'id:2' },
  },
  permitted: [
    ...PERMITTED,
    /^GET \/v2\/space\/user\?(cursorId=-?[1-9]\d*&)?limit=(5|10)(&cursorId=-?[1-9]\d*)?$/,
    /^GET \/v2\/space\/user\/5$/,
    /^DELETE \/v2\/contact\/id:2$/,
  ],
  list: '/space/user',
  numbered: { method: 'GET', path: '/space/user/' },
  bodiless: { method: 'DELETE', path: '/contact/id:2' },
  channels: '/contact/id:1/channels',
  hasAnswerToDelete: true,
};

/** Both. */
export const SURFACES = [CONTRACT, LIVE];
