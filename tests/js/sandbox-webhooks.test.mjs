// The sandbox's webhooks as JavaScript meets them: to functions and over HTTP. What they tell is tested in Rust.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { RespondIO } from 'respond-io-wasm';
import { createSandbox, SandboxError } from 'respond-io-wasm/sandbox';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { ROOT } from '../../scripts/root.mjs';
import { freeAddress } from '../../scripts/sandbox-server.mjs';
import { startWorker } from '../runtimes.mjs';

const HELLO = { channelId: 1, message: { type: 'text', text: 'Hello!' } };
const MADE_UP = { event_type: 'call.ended', event_id: 'e' };

const signed = (key, body) => createHmac('sha256', key).update(body).digest('base64');

/** A sandbox with one contact, and its client. */
async function setUp(options) {
  const sandbox = await createSandbox({ rateLimit: false, ...options });
  sandbox.seed(1);
  return { sandbox, client: new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch }) };
}

/** A receiver that answers with these statuses in turn, then 200, and what it got. */
function receiver(statuses = []) {
  const got = [];
  const deliver = async (request) => {
    const body = await request.text();
    got.push({ request, body, event: JSON.parse(body), signature: request.headers.get('x-webhook-signature') });
    return new Response('thanks', { status: statuses.shift() ?? 200 });
  };
  return { got, deliver };
}

const idsOf = (got) => got.map(({ event }) => event.event_id);
const emit = (sandbox, ...ids) => {
  for (const event_id of ids) sandbox.webhooks.emit({ ...MADE_UP, event_id });
};

describe('to a function', () => {
  test('each webhook gets what it wants, signed with its own key', async () => {
    const { sandbox, client } = await setUp();
    const [all, some] = [receiver(), receiver()];
    const made = sandbox.webhooks.add({ deliver: all.deliver });
    const given = { deliver: some.deliver, url: 'https://a.example/b', key: 'schlüssel', events: ['message.sent'] };
    assert.deepEqual(sandbox.webhooks.add(given), { id: 2, key: 'schlüssel' });

    await client.contacts.update('id:1', { firstName: 'Grüße 谢谢' });
    const { messageId } = await client.messaging.send('id:1', HELLO);
    await sandbox.webhooks.settled();
    assert.deepEqual(
      all.got.map(({ event }) => event.event_type),
      ['contact.updated', 'message.sent'],
    );
    assert.equal(some.got.length, 1);
    assert.equal(some.got[0].event.message.messageId, messageId);
    assert.equal(some.got[0].event.event_id, all.got[1].event.event_id);
    for (const { request, body, signature } of all.got) {
      assert.equal(signature, signed(made.key, body));
      assert.deepEqual(
        [request.method, request.url, request.headers.get('content-type')],
        ['POST', 'https://webhook.example/', 'application/json'],
      );
      assert.equal(JSON.stringify(JSON.parse(body)), body, 'as a service in JavaScript would write it');
    }
    assert.equal(some.got[0].signature, signed('schlüssel', some.got[0].body));
    assert.equal(some.got[0].request.url, 'https://a.example/b');
  });

  test('the call that an event comes from has its answer first, however slow the receiver is', async () => {
    const { sandbox, client } = await setUp();
    let release;
    let called = false;
    sandbox.webhooks.add({
      deliver: () => {
        called = true;
        return new Promise((resolve) => {
          release = () => resolve(new Response());
        });
      },
    });
    sandbox.setLifecycle('id:1', 'Paid');
    assert.equal(called, false);
    await client.messaging.send('id:1', HELLO);
    assert.equal(called, true);
    const [first, second] = sandbox.webhooks.deliveries();
    assert.deepEqual([first.status, first.error, second.status], [null, null, null]);
    release();
    await setImmediate();
    release();
    await sandbox.webhooks.settled();
    assert.deepEqual(
      sandbox.webhooks.deliveries().map(({ status }) => status),
      [200, 200],
    );
  });

  test('to one webhook in order, one at a time; to several at once', async () => {
    const { sandbox } = await setUp();
    const steps = [];
    for (const name of ['a', 'b']) {
      let latency = 8;
      const deliver = async (request) => {
        const { event_id } = await request.json();
        steps.push(`${name}${event_id}`);
        latency -= 2;
        await sleep(latency);
        steps.push(`${name}${event_id}.`);
        return new Response();
      };
      sandbox.webhooks.add({ deliver });
    }
    emit(sandbox, '1', '2', '3');
    await sandbox.webhooks.settled();
    for (const name of ['a', 'b']) {
      const own = steps.filter((step) => step.startsWith(name)).map((step) => step.slice(1));
      assert.deepEqual(own, ['1', '1.', '2', '2.', '3', '3.']);
    }
    assert.deepEqual(steps.slice(0, 2).sort(), ['a1', 'b1']);
  });

  test('a receiver may call the API, and settled waits for what comes of it', async () => {
    const { sandbox, client } = await setUp();
    const { got, deliver } = receiver();
    sandbox.webhooks.add({
      deliver: async (request) => {
        const event = await request.clone().json();
        if (event.event_type === 'message.received') await client.messaging.send(`id:${event.contact.id}`, HELLO);
        return deliver(request);
      },
      events: ['message.received', 'message.sent'],
    });
    sandbox.receive('id:1', { type: 'text', text: 'Hello?' });
    await sandbox.webhooks.settled();
    assert.deepEqual(
      got.map(({ event }) => event.event_type),
      ['message.received', 'message.sent'],
    );
  });

  test('after five failures in a row a webhook is disabled, until it is enabled', async () => {
    const { sandbox } = await setUp();
    const { got, deliver } = receiver([500, 302, 201]);
    let broken = false;
    const { id } = sandbox.webhooks.add({
      deliver: async (request) => {
        const response = await deliver(request);
        if (got.length === 4) throw new Error('the receiver is broken');
        return broken ? undefined : response;
      },
    });
    emit(sandbox, '1', '2', '3', '4');
    await sandbox.webhooks.settled();
    assert.deepEqual(
      sandbox.webhooks.list().map(({ enabled, failures }) => [enabled, failures]),
      [[true, 4]],
    );
    broken = true;
    emit(sandbox, '5', '6');
    await sandbox.webhooks.settled();
    emit(sandbox, '7');
    assert.deepEqual(
      sandbox.webhooks.list().map(({ enabled, failures }) => [enabled, failures]),
      [[false, 5]],
    );
    const outcomes = sandbox.webhooks.deliveries().map(({ status, error }) => status ?? error);
    assert.deepEqual(outcomes.slice(0, 4), [500, 302, 201, 'the receiver is broken']);
    assert.deepEqual(outcomes.slice(4), ['the receiver gave no response', 'the webhook was disabled']);
    assert.throws(() => sandbox.webhooks.test(id), SandboxError);

    broken = false;
    sandbox.webhooks.enable(id);
    sandbox.webhooks.test(id);
    await sandbox.webhooks.settled();
    assert.equal(got.length, 6);
    assert.equal('event_type' in got.at(-1).event, false);
    assert.equal(sandbox.webhooks.deliveries(6)[0].status, 200);
  });

  test('an answer that takes longer than five seconds is none', async (context) => {
    const { sandbox } = await setUp();
    context.mock.timers.enable({ apis: ['setTimeout'] });
    let signal;
    sandbox.webhooks.add({
      deliver: (request) => {
        signal = request.signal;
        return new Promise(() => {});
      },
    });
    emit(sandbox, '1');
    await setImmediate();
    context.mock.timers.tick(4_999);
    await setImmediate();
    assert.deepEqual([signal.aborted, sandbox.webhooks.deliveries()[0].error], [false, null]);
    context.mock.timers.tick(1);
    await sandbox.webhooks.settled();
    assert.deepEqual([signal.aborted, sandbox.webhooks.deliveries()[0].error], [true, 'no answer within 5000 ms']);

    const { got, deliver } = receiver();
    sandbox.webhooks.remove(1);
    sandbox.webhooks.add({ deliver });
    emit(sandbox, '2');
    await sandbox.webhooks.settled();
    context.mock.timers.tick(5_000);
    assert.equal(got[0].request.signal.aborted, false, 'an answer ends the wait');
  });

  test('a receiver whose request has ended for good keeps no later event', async (context) => {
    const { sandbox } = await setUp();
    const { got, deliver } = receiver();
    let isFirst = true;
    sandbox.webhooks.add({
      deliver: (request) => {
        if (!isFirst) return deliver(request);
        isFirst = false;
        return new Promise(() => {});
      },
    });
    // As in a Worker: neither the promise nor its timers ever come to an end.
    context.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    emit(sandbox, '1');
    await setImmediate();
    context.mock.timers.reset();
    emit(sandbox, '2', '3');
    await sandbox.webhooks.settled();
    assert.deepEqual(idsOf(got), ['2', '3']);
  });

  test('a webhook that was removed gets nothing more, and wrong ones are refused', async () => {
    const { sandbox } = await setUp();
    const { got, deliver } = receiver();
    const { id } = sandbox.webhooks.add({ deliver });
    emit(sandbox, '1');
    sandbox.webhooks.remove(id);
    emit(sandbox, '2');
    await sandbox.webhooks.settled();
    assert.deepEqual([got, sandbox.webhooks.list()], [[], []]);
    assert.equal(sandbox.webhooks.deliveries()[0].error, 'the webhook was removed');
    const wrong = [{}, { url: 'nowhere' }, { deliver, events: ['message.recieved'] }, { deliver, key: '' }];
    for (const webhook of wrong) assert.throws(() => sandbox.webhooks.add(webhook), SandboxError);
    await assert.rejects(createSandbox({ webhooks: [{ url: 'nowhere' }] }), SandboxError);
  });

  test('a reset forgets webhooks and what is under way to them', async () => {
    const { sandbox } = await setUp();
    let release;
    sandbox.webhooks.add({
      deliver: () =>
        new Promise((resolve) => {
          release = () => resolve(new Response());
        }),
    });
    emit(sandbox, '1', '2');
    await setImmediate();
    sandbox.reset();
    assert.deepEqual([sandbox.webhooks.list(), sandbox.webhooks.deliveries()], [[], []]);
    const { got, deliver } = receiver([500]);
    sandbox.webhooks.add({ url: `http://${await freeAddress()}` });
    sandbox.webhooks.add({ deliver });
    release();
    emit(sandbox, '3');
    await sandbox.webhooks.settled();
    assert.deepEqual(idsOf(got), ['3']);
    const [toUrl, toFunction] = sandbox.webhooks.deliveries();
    assert.match(toUrl.error, /ECONNREFUSED/, 'the number of a webhook is not its function');
    assert.equal(toFunction.status, 500);
  });

  test('a reset forgets what is held back', async (context) => {
    const { sandbox } = await setUp();
    const { got, deliver } = receiver();
    sandbox.webhooks.add({ deliver });
    sandbox.webhooks.disturb({ kind: { type: 'delay', ms: 10 } });
    context.mock.timers.enable({ apis: ['setTimeout'] });
    emit(sandbox, '1');
    await setImmediate();
    sandbox.reset();
    sandbox.webhooks.add({ deliver });
    context.mock.timers.tick(10);
    await setImmediate();
    emit(sandbox, '2');
    await sandbox.webhooks.settled();
    assert.deepEqual(idsOf(got), ['2']);
  });
});

describe('disturbances', () => {
  test('a body that was tampered with does not fit its signature', async () => {
    const { sandbox } = await setUp();
    const { got, deliver } = receiver();
    const { id, key } = sandbox.webhooks.add({ deliver });
    assert.equal(sandbox.webhooks.disturb({ hook: id, count: 1, kind: { type: 'tamper' } }), 1);
    emit(sandbox, '1', '2');
    await sandbox.webhooks.settled();
    assert.deepEqual(
      got.map(({ body, signature }) => signature === signed(key, body)),
      [false, true],
    );
    assert.deepEqual(idsOf(got), ['1', '2']);
  });

  test('a duplicate comes twice with one event id', async () => {
    const { sandbox, client } = await setUp();
    const { got, deliver } = receiver();
    sandbox.webhooks.add({ deliver });
    sandbox.webhooks.disturb({ kind: { type: 'duplicate' } });
    await client.contacts.update('id:1', { firstName: 'Twice' });
    assert.equal(sandbox.webhooks.calm(), 1);
    await client.contacts.update('id:1', { firstName: 'Once' });
    await sandbox.webhooks.settled();
    assert.deepEqual(
      got.map(({ event }) => event.contact.firstName),
      ['Twice', 'Twice', 'Once'],
    );
    assert.equal(got[0].body, got[1].body);
    assert.equal(new Set(idsOf(got)).size, 2);
  });

  test('a delay holds its webhook back, and no other', async (context) => {
    const { sandbox } = await setUp();
    const [slow, fast] = [receiver(), receiver()];
    const { id } = sandbox.webhooks.add({ deliver: slow.deliver });
    sandbox.webhooks.add({ deliver: fast.deliver });
    sandbox.webhooks.disturb({ hook: id, count: 1, kind: { type: 'delay', ms: 3_000 } });
    context.mock.timers.enable({ apis: ['setTimeout'] });
    emit(sandbox, '1', '2');
    await sleep(20);
    context.mock.timers.tick(2_999);
    await sleep(20);
    assert.deepEqual([idsOf(slow.got), idsOf(fast.got)], [[], ['1', '2']]);
    context.mock.timers.tick(1);
    await sandbox.webhooks.settled();
    assert.deepEqual(idsOf(slow.got), ['1', '2']);
  });

  test('what is held back is overtaken by the next one, or goes after a second', async (context) => {
    const { sandbox } = await setUp();
    const { got, deliver } = receiver();
    sandbox.webhooks.add({ deliver });
    context.mock.timers.enable({ apis: ['setTimeout'] });
    sandbox.webhooks.disturb({ count: 3, kind: { type: 'reorder' } });
    emit(sandbox, '1');
    await setImmediate();
    emit(sandbox, '2');
    await sandbox.webhooks.settled();
    emit(sandbox, '3', '4');
    await setImmediate();
    assert.deepEqual(idsOf(got), ['2', '1', '4', '3']);

    sandbox.webhooks.disturb({ count: 1, kind: { type: 'reorder' } });
    emit(sandbox, '5');
    await setImmediate();
    context.mock.timers.tick(999);
    await setImmediate();
    assert.equal(got.length, 4);
    context.mock.timers.tick(1);
    await sandbox.webhooks.settled();
    assert.deepEqual(idsOf(got).slice(4), ['5']);
  });
});

describe('over HTTP', () => {
  const got = [];
  let server;
  let url;
  before(async () => {
    server = createServer(async (request, response) => {
      const body = await text(request);
      got.push({ method: request.method, path: request.url, headers: request.headers, body });
      response.writeHead(request.url === '/moved' ? 302 : 200, { location: '/elsewhere' }).end('thanks');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  test('a served sandbox posts what it would give a function', async () => {
    got.length = 0;
    const served = await serveSandbox({ port: 0, seed: { count: 1 } });
    const post = async (path, body) => {
      const headers = { 'content-type': 'application/json', authorization: 'Bearer sandbox' };
      return (await fetch(served.url + path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    };
    const webhook = { url: `${url}/hook?a=b`, events: ['message.sent'] };
    const { key } = await post('/_sandbox/control', { command: 'webhook.add', webhook });
    const { messageId } = await post('/v2/contact/id:1/message', HELLO);
    await served.sandbox.webhooks.settled();
    const [{ method, path, headers, body }] = got;
    assert.deepEqual([method, path, headers['content-type']], ['POST', '/hook?a=b', 'application/json']);
    assert.equal(headers['x-webhook-signature'], signed(key, body));
    assert.equal(JSON.parse(body).message.messageId, messageId);
    const deliveries = await post('/_sandbox/control', { command: 'webhook.deliveries' });
    assert.deepEqual(
      deliveries.map(({ status, body }) => [status, body]),
      [[200, body]],
    );
    await served.close();
  });

  test('redirects are not followed, and a lost connection says why', async () => {
    got.length = 0;
    const webhooks = [{ url: `${url}/moved` }, { url: `http://${await freeAddress()}/` }];
    const { sandbox } = await setUp({ webhooks });
    emit(sandbox, '1');
    await sandbox.webhooks.settled();
    const [moved, lost] = sandbox.webhooks.deliveries();
    assert.equal(moved.status, 302);
    assert.match(lost.error, /ECONNREFUSED/);
    assert.deepEqual(
      got.map(({ path }) => path),
      ['/moved'],
    );
  });

  test('the command line sends webhooks, and wants a URL for a key', async () => {
    got.length = 0;
    const run = (...args) => spawn(process.execPath, [join(ROOT, 'pkg/sandbox-bin.js'), '--port', '0', ...args]);
    const child = run('--webhook', `${url}/cli`, '--webhook-key', 'k', '--seed', '1');
    let output = '';
    for await (const chunk of child.stdout) {
      output += chunk;
      if (/the key/.test(output)) break;
    }
    assert.ok(output.includes(`Webhooks go to ${url}/cli, signed with the key k\n`));
    const [origin] = output.match(/http:\/\/127\.0\.0\.1:\d+/);
    const client = new RespondIO({ apiToken: 'sandbox', baseUrl: `${origin}/v2` });
    await client.messaging.send('id:1', HELLO);
    while (got.length === 0) await sleep(5);
    child.kill('SIGINT');
    await once(child, 'exit');
    assert.equal(got[0].headers['x-webhook-signature'], signed('k', got[0].body));

    const wrong = run('--webhook-key', 'k');
    const [[code], errors] = await Promise.all([once(wrong, 'close'), text(wrong.stderr)]);
    assert.equal(code, 2);
    assert.match(errors, /--webhook-key needs --webhook/);
  });
});

describe('a process', () => {
  const run = async (program, args) => {
    const child = spawn(program, args, { cwd: import.meta.dirname });
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    return [code, output];
  };
  const onNode = (source) => run(process.execPath, ['--input-type=module', '-e', source]);
  const onDeno = (source) => {
    const flags = ['--quiet', '--no-lock', '--node-modules-dir=manual', '--ext=js'];
    return run(join(ROOT, 'node_modules/.bin/deno'), ['eval', ...flags, source]);
  };
  const program = (ms, end) => `
    import { createSandbox } from '${pathToFileURL(join(ROOT, 'pkg/sandbox.node.js'))}';
    const { webhooks } = await createSandbox();
    webhooks.add({ deliver: () => (console.log('delivered'), new Response()) });
    webhooks.disturb({ kind: { type: 'delay', ms: ${ms} } });
    webhooks.emit({ event_type: 'call.ended' });
    ${end}`;

  for (const [name, run] of Object.entries({ Node: onNode, Deno: onDeno })) {
    test(`on ${name} is not kept alive by what waits, unless somebody waits for it`, async () => {
      assert.deepEqual(await run(program(60_000, '')), [0, '']);
      const waiting = program(50, 'await webhooks.settled(); console.log("settled");');
      assert.deepEqual(await run(waiting), [0, 'delivered\nsettled\n']);
    });
  }
});

test('a Worker waits for deliveries in the request that they come from, before or after its answer', async () => {
  const worker = `
    import { createSandbox } from 'respond-io-wasm/sandbox';
    let sandbox;
    export default {
      async fetch({ url }, _, context) {
        sandbox ??= await createSandbox();
        const { webhooks } = sandbox;
        const deliver = () => new Promise((resolve) => setTimeout(() => resolve(new Response()), 20));
        if (webhooks.list().length === 0) webhooks.add({ deliver });
        webhooks.emit({ event_type: 'call.ended' });
        if (url.endsWith('/before')) await webhooks.settled();
        else context.waitUntil(webhooks.settled());
        return Response.json(webhooks.deliveries().map(({ status }) => status));
      },
    };`;
  const miniflare = await startWorker(worker, ['sandbox.wasm']);
  const get = async (path) => (await miniflare.dispatchFetch(`http://worker${path}`)).json();
  try {
    assert.deepEqual(await get('/before'), [200]);
    assert.deepEqual(await get('/after'), [200, null]);
    await sleep(100);
    assert.deepEqual(await get('/before'), [200, 200, 200]);
  } finally {
    await miniflare.dispose();
  }
});
