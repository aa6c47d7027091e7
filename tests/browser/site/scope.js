// What a page and a worker both run: every operation over HTTP, and what only a browser can show.

import { DEMO } from '/demo/demo.mjs';
import { bulk } from '/pkg/bulk.js';
import * as library from '/pkg/index.browser.js';
import { createSandbox } from '/pkg/sandbox.browser.js';

/** Gives a row for each check: its name and, where it failed, why. */
export async function inScope(sandboxUrl) {
  const rows = [];
  const client = new library.RespondIO({
    apiToken: 'sandbox',
    baseUrl: `${sandboxUrl}/v2`,
    responseValidation: 'throw',
    dangerouslyAllowBrowser: true,
  });
  const scene = { client, library, sandbox: remote(sandboxUrl), memory: {} };
  for (const [id, show] of Object.entries(DEMO)) rows.push(await row(id, () => show(scene)));
  for (const [name, check] of Object.entries(CHECKS)) rows.push(await row(name, () => check(client)));
  return rows;
}

const CHECKS = {
  async 'a token is refused without dangerouslyAllowBrowser'() {
    const { RespondIO, ValidationError } = library;
    fails(() => new RespondIO({ apiToken: 'sandbox' }), ValidationError);
  },
  async 'without a token, a path on the own origin is spoken to'() {
    const { RespondIO, NotFoundError } = library;
    const client = new RespondIO({ baseUrl: '/api/respond' });
    const error = await client.contacts.get('id:1').catch((error) => error);
    expect(
      error instanceof NotFoundError && error.body === 'the proxy saw GET /api/respond/contact/id:1, token: none',
      error,
    );
  },
  async 'a signal aborts a call'(client) {
    const controller = new AbortController();
    const call = client.contacts.get('id:1', { signal: controller.signal });
    controller.abort('enough');
    const error = await call.catch((error) => error);
    expect(error instanceof library.AbortError && error.cause === 'enough', error);
  },
  async 'a redirect is not followed'() {
    const { RespondIO, StatusError } = library;
    const error = await new RespondIO({ baseUrl: '/redirect' }).contacts.get('id:1').catch((error) => error);
    expect(error instanceof StatusError, error);
  },
  async 'the sandbox runs in the scope itself'() {
    const sandbox = await createSandbox();
    const client = new library.RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch, dangerouslyAllowBrowser: true });
    const contact = await client.contacts.create({ firstName: 'Aïda' });
    expect((await client.contacts.get({ id: contact.id })).firstName === 'Aïda', contact);
  },
  async 'bulk stops after its budget and goes on from its checkpoint'() {
    const seen = [];
    const see = async (item) => {
      seen.push(item);
      if (item === 2) await new Promise((resolve) => setTimeout(resolve, 350));
    };
    const first = await bulk([1, 2, 3, 4], see, { concurrency: 1, budgetMs: 300 });
    const { complete, checkpoint } = await bulk([1, 2, 3, 4], see, { checkpoint: first.checkpoint });
    expect(
      first.checkpoint.states === '2f' && complete && checkpoint.states === '4f' && seen.join() === '1,2,3,4',
      seen,
    );
  },
};

/** The sandbox's control surface, over HTTP. */
function remote(url) {
  const control = async (command) => {
    const response = await fetch(`${url}/_sandbox/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  return {
    seed: (count) => control({ command: 'seed', count }),
    receive: (contact, content) => control({ command: 'receive', contact, content }),
  };
}

async function row(name, check) {
  try {
    await check();
    return { name };
  } catch (error) {
    return { name, error: `${error.name}: ${error.message}` };
  }
}

function fails(action, Class) {
  try {
    action();
  } catch (error) {
    return expect(error instanceof Class, error);
  }
  throw new Error('nothing was thrown');
}

function expect(condition, seen) {
  if (!condition) throw new Error(`seen: ${seen?.stack ?? JSON.stringify(seen)}`);
}
