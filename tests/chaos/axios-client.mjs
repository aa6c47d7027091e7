import axios, { AxiosError } from 'axios';
import { MAX_RETRIES, MAX_RETRY_DELAY_MS, TIMEOUT_MS } from './settings.mjs';

/** The error of axios. */
export const AxiosClientError = AxiosError;

/**
 * A client as it is often written: axios, and the retry rule of the vendor's SDK, which repeats any request up to
 * three tries in all after a 429, a 5xx and a lost connection.
 *
 * @param {string} baseURL - The address of the API.
 * @returns {object} The resources and methods of this package's client.
 */
export function axiosClient(baseURL) {
  const http = axios.create({ baseURL, timeout: TIMEOUT_MS, headers: { authorization: 'Bearer sandbox' } });
  const call = (method, url, data, options, params) => ({
    withResponse: () => withRetries(() => http.request({ method, url, data, params, ...options })),
  });
  const contact = (identifier) => `/contact/${encodeURIComponent(identifier)}`;
  return {
    contacts: {
      create: (fields, options) => call('POST', '/contact', fields, options),
      createOrUpdate: (identifier, fields, options) =>
        call('POST', `/contact/create_or_update/${encodeURIComponent(identifier)}`, fields, options),
      list: (query, options) => call('GET', '/contact/list', undefined, options, query),
      get: (identifier, options) => call('GET', contact(identifier), undefined, options),
      update: (identifier, fields, options) => call('PUT', contact(identifier), fields, options),
      delete: (identifier, options) => call('DELETE', contact(identifier), undefined, options),
      merge: (contacts, options) => call('POST', '/contact/merge', contacts, options),
      addTags: (identifier, tags, options) => call('POST', `${contact(identifier)}/tag`, tags, options),
      deleteTags: (identifier, tags, options) => call('DELETE', `${contact(identifier)}/tag`, tags, options),
      listChannels: (identifier, options) => call('GET', `${contact(identifier)}/channel`, undefined, options),
    },
    messaging: {
      send: (identifier, message, options) => call('POST', `${contact(identifier)}/message`, message, options),
      get: (identifier, id, options) => call('GET', `${contact(identifier)}/message/${id}`, undefined, options),
    },
    conversations: {
      updateStatus: (identifier, status, options) =>
        call('POST', `${contact(identifier)}/conversation`, status, options),
      assign: (identifier, assignment, options) =>
        call('POST', `${contact(identifier)}/conversation/assignee`, assignment, options),
    },
    comments: {
      create: (identifier, comment, options) => call('POST', `${contact(identifier)}/comment`, comment, options),
    },
    tags: {
      create: (tag, options) => call('POST', '/tag', tag, options),
      update: (id, tag, options) => call('PUT', `/tag/${id}`, tag, options),
      delete: (id, options) => call('DELETE', `/tag/${id}`, undefined, options),
    },
    customFields: {
      list: (options) => call('GET', '/custom_field', undefined, options),
      create: (field, options) => call('POST', '/custom_field', field, options),
    },
  };
}

/** The rule. */
async function withRetries(send) {
  for (let attempts = 1; ; attempts++) {
    try {
      const { data } = await send();
      return { data, attempts };
    } catch (error) {
      if (attempts > MAX_RETRIES || !isRepeated(error)) throw Object.assign(error, { attempts, outcome: read(error) });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * MAX_RETRY_DELAY_MS));
    }
  }
}

function isRepeated(error) {
  const status = error.response?.status;
  return status === undefined ? !axios.isCancel(error) : status === 429 || status >= 500;
}

/** axios does not say what became of a write; this is how the last answer is commonly read. */
function read(error) {
  const status = error.response?.status;
  return status !== undefined && status < 500 ? 'rejected' : 'unknown';
}
