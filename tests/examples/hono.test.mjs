import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/root.mjs';
import { serveWorkspace, TOKEN, testBot } from './bot.mjs';
import { startServer } from './server.mjs';

const SECRETS = { SESSION_SECRET: 'a secret of the test', TEAM_PASSWORD: 'open sesame' };

const RUNTIMES = {
  Node: (env) => start(process.execPath, ['examples/hono/server.js', '0'], env),
  Bun: (env) => start(join(ROOT, 'node_modules/.bin/bun'), ['examples/hono/app.js'], { ...env, PORT: '0' }),
};

for (const [runtime, start] of Object.entries(RUNTIMES)) {
  testBot(`the bot of the Hono app on ${runtime}`, async (env) => {
    const { url, stop } = await start(env);
    return { url: `${url}/webhook`, stop };
  });

  test(`the proxy of the Hono app on ${runtime} serves whoever has signed in, and nobody else`, async () => {
    const { env, sandbox, close } = await serveWorkspace(3);
    const { url, stop } = await start(env);
    try {
      await judge(url, sandbox);
    } finally {
      await stop();
      await close();
    }
  });
}

function start(program, args, env) {
  return startServer(program, args, { cwd: ROOT, env: { ...env, ...SECRETS } });
}

async function judge(url, sandbox) {
  const ask = async (path, { cookie = '', headers, ...init } = {}) => {
    const response = await fetch(url + path, { ...init, headers: { cookie, ...headers } });
    return { status: response.status, cookies: response.headers.getSetCookie(), text: await response.text() };
  };
  const signIn = (password) => ask('/sign-in', { method: 'POST', body: new URLSearchParams({ password }) });
  const list = '/api/respond/contact/list?limit=2';

  assert.equal((await signIn('another')).status, 401);
  for (const cookie of ['', `session=${Date.now() + 1e9}`, `session=${Date.now() + 1e9}.${'A'.repeat(43)}%3D`]) {
    assert.equal((await ask(list, { cookie })).status, 403, cookie);
  }
  assert.deepEqual(sandbox.journal(), []);

  const { status, cookies } = await signIn(SECRETS.TEAM_PASSWORD);
  assert.equal(status, 204);
  assert.match(cookies[0], /; HttpOnly; Secure; SameSite=Strict$/);
  const [cookie] = cookies[0].split(';');
  const answer = await ask(list, { cookie });
  assert.equal(answer.status, 200);
  assert.equal(JSON.parse(answer.text).items.length, 2);

  const post = { method: 'POST', cookie, headers: { 'content-type': 'application/json' } };
  const body = JSON.stringify({ message: { type: 'text', text: 'Hello!' } });
  const sent = await ask('/api/respond/contact/id:1/message', { ...post, body });
  assert.equal(sent.status, 200);
  assert.ok(![answer.text, sent.text].some((text) => text.includes(TOKEN)));

  const evil = { 'content-type': 'application/json', origin: 'https://evil.example' };
  assert.equal((await ask('/api/respond/contact/id:1/message', { ...post, body, headers: evil })).status, 403);
  assert.equal((await ask('/api/respond/contact/id:1', { method: 'DELETE', cookie })).status, 403);
  assert.deepEqual(
    sandbox.journal().map(({ operation, status }) => `${operation} ${status}`),
    ['listContacts 200', 'sendMessage 200'],
  );
}
