import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { createWebhookHandler, EVENT_TYPES, MemoryDedupe } from 'respond-io-wasm/webhooks';
import { delivery, KEY, sign } from './deliveries.mjs';

const EVENT = { event_type: 'message.received', event_id: 'e1', contact: { id: 1 } };
const SENT = { event_type: 'message.sent', event_id: 'e2', contact: { id: 1 } };
const UNKNOWN = { event_type: 'contact.sneezed', event_id: 'e3' };
const TEST = { contact: { id: 1 } };

/** A handler, and what its functions were called with, by their names. */
function scene(options = {}) {
  const calls = [];
  const call = (name) => (event, context) => void calls.push([name, event, context]);
  const on = Object.fromEntries(EVENT_TYPES.map((type) => [type, call(type)]));
  const functions = options.enqueue ? {} : { on, onUnknown: call('onUnknown'), onTest: call('onTest') };
  const onError = (error, delivery) => void calls.push(['onError', error, delivery]);
  const handler = createWebhookHandler({ keys: KEY, ...functions, onError, ...options });
  return { calls, names: () => calls.map(([name]) => name), handler };
}

/** The context of a Worker, which insists on being the one that is called. */
class Context {
  promises = [];

  waitUntil(promise) {
    if (!(this instanceof Context)) throw new TypeError('Illegal invocation');
    this.promises.push(promise);
  }
}

const throwing = () => {
  throw new Error('private');
};

/** What a promise is resolved to by hand. */
function gate() {
  let open;
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test('each delivery is given to its function, once', async () => {
  const { handler, calls, names } = scene();
  for (const event of [EVENT, SENT, UNKNOWN, TEST]) {
    const request = delivery(event);
    const response = await handler(request);
    assert.deepEqual([response.status, await response.text()], [200, 'ok']);
    const [, given, context] = calls.at(-1);
    assert.deepEqual(given, event);
    assert.equal(context.request, request);
    assert.equal(context.id, event.event_id ?? sign(JSON.stringify(event)));
    assert.equal(context.isEcho, event === SENT);
  }
  assert.deepEqual(names(), ['message.received', 'message.sent', 'onUnknown', 'onTest']);
  assert.deepEqual(
    calls.map(([, , { kind }]) => kind),
    ['event', 'event', 'unknown', 'test'],
  );
});

test('a delivery for which there is no function is taken all the same', async () => {
  const handler = createWebhookHandler({ keys: KEY });
  for (const event of [EVENT, SENT, UNKNOWN, TEST]) assert.equal((await handler(delivery(event))).status, 200);
});

test('onAny gets each delivery before the function of its type', async () => {
  const order = [];
  const onAny = async ({ kind, event }, context) => {
    await delay(1);
    order.push(['any', kind, event.event_type, context.kind]);
  };
  const on = { 'message.received': () => order.push('on') };
  const handler = createWebhookHandler({ keys: KEY, onAny, on, onTest: () => order.push('test') });
  for (const event of [EVENT, UNKNOWN, TEST]) await handler(delivery(event));
  const seen = ['event', 'unknown', 'test'].map((kind, at) => [
    'any',
    kind,
    [EVENT, UNKNOWN, TEST][at].event_type,
    kind,
  ]);
  assert.deepEqual(order, [seen[0], 'on', seen[1], seen[2], 'test']);
});

test('what is refused is answered with its status and told to nobody', async () => {
  const { handler, calls } = scene({ maxBodyBytes: 500 });
  const answers = [
    [delivery(EVENT, { signature: null }), 401, /X-Webhook-Signature is missing/],
    [delivery(EVENT, { signature: 'a' }), 401, /base64/],
    [delivery(EVENT, { key: 'other' }), 401, /not that of the body/],
    [delivery('[]'), 400, /JSON object/],
    [delivery({ text: 'x'.repeat(500) }), 413, /at most 500 bytes/],
  ];
  for (const [request, status, text] of answers) {
    const response = await handler(request);
    assert.equal(response.status, status);
    assert.match(await response.text(), text);
    assert.equal(response.headers.get('allow'), null);
  }
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
    const response = await handler(delivery(EVENT, { method }));
    assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST'], method);
  }
  assert.deepEqual(calls, []);
});

test('an event that comes again is answered and not handled again', async () => {
  const { handler, names } = scene();
  const again = { ...EVENT, contact: { id: 2 } };
  for (const event of [EVENT, EVENT, again, { ...UNKNOWN, event_id: 'e1' }]) {
    assert.equal((await handler(delivery(event))).status, 200);
  }
  assert.deepEqual(names(), ['message.received']);
});

test('an event without an id is known by its signature, and tests may come again', async () => {
  const { handler, names } = scene();
  const { event_id, ...nameless } = EVENT;
  for (const event of [nameless, nameless, { ...nameless, contact: { id: 2 } }, TEST, TEST]) {
    await handler(delivery(event));
  }
  assert.deepEqual(names(), ['message.received', 'message.received', 'onTest', 'onTest']);
});

test('two handlers do not share what they remember', async () => {
  const [first, second] = [scene(), scene()];
  for (const { handler } of [first, second]) await handler(delivery(EVENT));
  assert.deepEqual([first.names(), second.names()], [['message.received'], ['message.received']]);
});

test('with dedupe: false each delivery is handled', async () => {
  const { handler, names } = scene({ dedupe: false });
  for (let i = 0; i < 3; i++) await handler(delivery(EVENT));
  assert.equal(names().length, 3);
});

for (const [name, options] of [
  ['in memory', () => ({})],
  ['in a store that takes its time', () => ({ dedupe: slowStore() })],
]) {
  test(`of equal deliveries at once one is handled, the others wait for it, ${name}`, async () => {
    const { open, opened } = gate();
    let calls = 0;
    const on = {
      'message.received': async () => {
        calls += 1;
        await opened;
      },
    };
    const { handler } = scene({ on, ...options() });
    const answered = [];
    const all = Array.from({ length: 5 }, async () => answered.push((await handler(delivery(EVENT))).status));
    while (!calls) await delay(5);
    await delay(30);
    assert.deepEqual([calls, answered], [1, []]);
    open();
    await Promise.all(all);
    assert.deepEqual([calls, answered], [1, [200, 200, 200, 200, 200]]);
  });
}

test('an equal delivery that waits takes over where the first one fails', async () => {
  let calls = 0;
  const enqueue = async () => {
    calls += 1;
    await delay(20);
    if (calls === 1) throw new Error('private');
  };
  const { handler } = scene({ enqueue });
  const statuses = await Promise.all([handler(delivery(EVENT)), handler(delivery(EVENT)), handler(delivery(EVENT))]);
  assert.deepEqual(statuses.map(({ status }) => status).sort(), [200, 200, 503]);
  assert.equal(calls, 2);
});

test('an equal delivery does not wait for ever for one that never ends', async (context) => {
  const { handler, calls } = scene({ enqueue: () => new Promise(() => {}) });
  context.mock.timers.enable({ apis: ['setTimeout'] });
  handler(delivery(EVENT));
  let answer;
  const second = handler(delivery(EVENT)).then((response) => {
    answer = response;
  });
  for (let ms = 0; ms < 60_000 && !answer; ms += 10) {
    await new Promise(setImmediate);
    context.mock.timers.tick(10);
  }
  assert.equal(answer?.status, 503, 'it is to be delivered again, perhaps to another process');
  assert.match(calls[0][1].message, /does not end/);
  await second;
});

test('a store whose claim gives neither true nor false loses no event', async () => {
  for (const claimed of [undefined, null, 'OK', 1]) {
    const { handler, names } = scene({ dedupe: { claim: async () => claimed, release: () => {} } });
    assert.equal((await handler(delivery(EVENT))).status, 500);
    assert.deepEqual(names(), ['onError']);
  }
});

test('where waitUntil throws nothing has begun, since the delivery comes again', async () => {
  const { handler, names } = scene();
  const broken = {
    waitUntil() {
      throw new Error('private');
    },
  };
  assert.equal((await handler(delivery(EVENT), broken)).status, 500);
  await delay(10);
  assert.deepEqual(names(), ['onError']);
  assert.equal((await handler(delivery(EVENT))).status, 200);
  assert.deepEqual(names(), ['onError', 'message.received']);
});

test('a send that may have arrived is not repeated where its error is the cause of another', async () => {
  const lost = Object.assign(new Error('lost'), { operation: 'sendMessage', outcome: 'unknown' });
  const circle = new Error('circle');
  circle.cause = circle;
  for (const [cause, status] of [
    [lost, 200],
    [new Error('reply', { cause: lost }), 200],
    [new Error('other'), 500],
    [circle, 500],
  ]) {
    const fails = () => {
      throw new Error('bot', { cause });
    };
    const { handler } = scene({ on: { 'message.received': fails } });
    assert.equal((await handler(delivery(EVENT))).status, status, cause.message);
  }
});

test('what was refused unread is read to its end, so that its connection can be used again', async () => {
  let isRead = false;
  const pieces = Array.from({ length: 20 }, () => new Uint8Array(10_000));
  const body = new ReadableStream({
    pull(controller) {
      if (pieces.length) return controller.enqueue(pieces.pop());
      isRead = true;
      controller.close();
    },
  });
  const { handler } = scene();
  assert.equal((await handler(delivery(EVENT, { body, signature: null }))).status, 401);
  await delay(50);
  assert.ok(isRead);
});

test('without waitUntil the answer waits, and is 500 where a function has thrown', async () => {
  for (const fault of [throwing, async () => throwing(), () => Promise.reject(new Error('private'))]) {
    let fails = true;
    const done = [];
    const on = { 'message.received': (event) => (fails ? fault() : done.push(event)) };
    const { handler, calls } = scene({ on });
    const response = await handler(delivery(EVENT));
    assert.equal(response.status, 500);
    assert.doesNotMatch(await response.text(), /private/);
    const [[name, error, { event }]] = calls;
    assert.deepEqual([name, error.message, event], ['onError', 'private', EVENT]);
    fails = false;
    assert.equal((await handler(delivery(EVENT))).status, 200);
    assert.equal((await handler(delivery(EVENT))).status, 200);
    assert.equal(done.length, 1, 'a delivery that failed counts as new');
  }
});

test('a second argument without waitUntil changes nothing', async () => {
  for (const context of [undefined, null, 7, 'text', {}, { remoteAddr: {} }, { waitUntil: 1 }, () => {}]) {
    const { handler, names } = scene();
    assert.equal((await handler(delivery(EVENT), context)).status, 200);
    assert.deepEqual(names(), ['message.received']);
  }
});

test('with waitUntil the answer comes at once', async () => {
  const { open, opened } = gate();
  let done = false;
  const on = {
    'message.received': async () => {
      await opened;
      done = true;
    },
  };
  const { handler } = scene({ on });
  const context = new Context();
  assert.equal((await handler(delivery(EVENT), context)).status, 200);
  assert.equal((await handler(delivery(EVENT), context)).status, 200);
  assert.deepEqual([context.promises.length, done], [3, false], 'both answers, and the work');
  open();
  await Promise.all(context.promises);
  assert.equal(done, true);
});

test('what fails after the answer is told, and counts as new', async () => {
  let fails = true;
  const on = { 'message.received': () => (fails ? throwing() : undefined) };
  const { handler, calls } = scene({ on });
  const context = new Context();
  assert.equal((await handler(delivery(EVENT), context)).status, 200);
  await Promise.all(context.promises);
  const [[name, error, told]] = calls;
  assert.deepEqual([name, error.message, told.id], ['onError', 'private', 'e1']);
  fails = false;
  await handler(delivery(EVENT), context);
  assert.equal(context.promises.length, 4);
});

test("the option waitUntil stands in for the second argument's", async () => {
  const own = [];
  const { handler, names } = scene({ waitUntil: (promise) => own.push(promise) });
  await handler(delivery(EVENT));
  const context = new Context();
  await handler(delivery(SENT), context);
  await Promise.all([...own, ...context.promises]);
  assert.deepEqual([own.length, context.promises.length, names().length], [1, 2, 2]);
});

test('enqueue is awaited, also where there is a waitUntil, and gets deliveries of each kind', async () => {
  const queue = [];
  const enqueue = async (event, { kind, id, isEcho }) => {
    await delay(5);
    queue.push([event, kind, id, isEcho]);
  };
  const { handler } = scene({ enqueue });
  const context = new Context();
  for (const event of [EVENT, SENT, UNKNOWN, TEST, EVENT]) {
    assert.equal((await handler(delivery(event), context)).status, 200);
  }
  assert.deepEqual(queue, [
    [EVENT, 'event', 'e1', false],
    [SENT, 'event', 'e2', true],
    [UNKNOWN, 'unknown', 'e3', false],
    [TEST, 'test', sign(JSON.stringify(TEST)), false],
  ]);
});

for (const [name, options] of [
  ['an enqueue', ({ opened }, note) => ({ enqueue: () => opened.then(note) })],
  ['a claim', ({ opened }, note) => ({ dedupe: { claim: () => opened.then(note), release: () => {} } })],
]) {
  test(`${name} that is under way outlives a sender who hangs up, where there is a waitUntil`, async () => {
    const way = gate();
    let done = false;
    const { handler } = scene(options(way, () => (done = true)));
    const context = new Context();
    const answer = handler(delivery(EVENT), context);
    assert.equal(context.promises.length, 1, 'a Worker ends what it was not told to keep');
    way.open();
    await context.promises[0];
    assert.equal(done, true);
    assert.equal((await answer).status, 200);
  });
}

test('a waitUntil that throws is told and makes no handler reject', async () => {
  const { handler, names } = scene({ on: {} });
  assert.equal((await handler(delivery(EVENT), { waitUntil: throwing })).status, 500);
  assert.deepEqual(names(), ['onError']);
});

test('who waits for an equal delivery that hangs is refused in the end', { timeout: 60_000 }, async () => {
  const { open, opened } = gate();
  let calls = 0;
  const on = {
    'message.received': () => {
      calls += 1;
      return opened;
    },
  };
  const { handler, names } = scene({ on });
  const first = handler(delivery(EVENT));
  assert.equal((await handler(delivery(EVENT))).status, 500);
  assert.deepEqual(names(), ['onError']);
  open();
  assert.equal((await first).status, 200);
  assert.equal((await handler(delivery(EVENT))).status, 200);
  assert.equal(calls, 1);
});

test('where enqueue fails the answer is 503, and a redelivery counts', async () => {
  let fails = true;
  const queue = [];
  const enqueue = (event) => (fails ? throwing() : queue.push(event));
  const { handler, names } = scene({ enqueue });
  for (const event of [EVENT, TEST]) assert.equal((await handler(delivery(event), new Context())).status, 503);
  assert.deepEqual(names(), ['onError', 'onError']);
  fails = false;
  for (let i = 0; i < 2; i++) assert.equal((await handler(delivery(EVENT))).status, 200);
  assert.deepEqual(queue, [EVENT]);
});

test('a store that fails refuses the delivery, so that it comes again', async () => {
  let isDown = true;
  const memory = new MemoryDedupe();
  const dedupe = {
    claim: async (id, ttlMs) => (isDown ? throwing() : memory.claim(id, ttlMs)),
    release: () => Promise.reject(new Error('the store is down')),
  };
  const { handler, names } = scene({ dedupe });
  assert.equal((await handler(delivery(EVENT))).status, 500);
  assert.deepEqual(names(), ['onError']);
  isDown = false;
  assert.equal((await handler(delivery(EVENT))).status, 200);
  const failing = scene({ dedupe, on: { 'message.sent': throwing } });
  assert.equal((await failing.handler(delivery(SENT))).status, 500, 'what failed is told, not the store');
  assert.equal(failing.calls[0][1].message, 'private');
});

test('the store is told the id and for how long', async () => {
  const told = [];
  const dedupe = { claim: (...args) => told.push(['claim', ...args]) > 0, release: (...args) => told.push(args) };
  await scene({ dedupe }).handler(delivery(EVENT));
  await scene({ dedupe, dedupeTtlMs: 5, on: { 'message.sent': throwing } }).handler(delivery(SENT));
  assert.deepEqual(told, [['claim', 'e1', 86_400_000], ['claim', 'e2', 5], ['e2']]);
});

test('without onError the console is told the type and the id, and nothing else', async (context) => {
  const said = context.mock.method(console, 'error', () => {});
  const handler = createWebhookHandler({ keys: KEY, on: { 'message.received': throwing } });
  await handler(delivery(EVENT));
  const text = inspect(said.mock.calls.map((call) => call.arguments));
  assert.match(text, /message\.received/);
  assert.match(text, /e1/);
  assert.ok(!text.includes('private') && !text.includes(KEY) && !text.includes('contact'), text);
  const testing = createWebhookHandler({ keys: KEY, onTest: throwing });
  await testing(delivery({ event_type: { phone: '+60123456789' } }));
  assert.doesNotMatch(inspect(said.mock.calls.map((call) => call.arguments)), /phone/, 'a test may say anything');
});

test('keys that are changed afterwards change nothing', async () => {
  const keys = [KEY];
  const { handler } = scene({ keys });
  keys[0] = '';
  assert.equal((await handler(delivery(EVENT))).status, 200);
});

test('a handler never rejects', async () => {
  const { handler } = scene({ on: { 'message.received': throwing }, onError: throwing });
  assert.equal((await handler(delivery(EVENT))).status, 500);
  assert.equal((await handler(undefined)).status, 500);
  const parsed = { method: 'POST', headers: new Headers(), body: { event_type: 'call.ended' } };
  assert.equal((await handler(parsed)).status, 401);
  const rejecting = scene({ on: { 'message.received': throwing }, onError: async () => throwing() });
  const context = new Context();
  assert.equal((await rejecting.handler(delivery(EVENT), context)).status, 200);
  await Promise.all(context.promises);
});

test('a body that was read before is told to the program', async () => {
  const { handler, calls } = scene();
  const request = delivery(EVENT);
  await request.text();
  assert.equal((await handler(request)).status, 500);
  const [[name, error, told]] = calls;
  assert.deepEqual([name, error.reason, told], ['onError', 'body_used', undefined]);
});

test('wrong options of a handler are refused by their names', () => {
  const refused = (options, path) =>
    assert.throws(
      () => createWebhookHandler({ keys: KEY, ...options }),
      (error) => error.name === 'ValidationError' && error.rule === 'option' && error.path === path,
      path,
    );
  const call = () => {};
  refused({ on: { 'message.recieved': call } }, 'on.message.recieved');
  refused({ on: { 'message.received': 'call' } }, 'on.message.received');
  refused({ on: call }, 'on');
  refused({ on: null }, 'on');
  for (const name of ['onUnknown', 'onTest', 'onAny', 'onError', 'enqueue', 'waitUntil']) refused({ [name]: 1 }, name);
  for (const name of ['on', 'onUnknown', 'onTest', 'onAny', 'waitUntil']) {
    refused({ enqueue: call, [name]: name === 'on' ? {} : call }, 'enqueue');
  }
  for (const dedupe of [true, null, 7, {}, { release: call }]) refused({ dedupe }, 'dedupe.claim');
  refused({ dedupe: { claim: call } }, 'dedupe.release');
  for (const dedupeTtlMs of [-1, 1.5, '1']) refused({ dedupeTtlMs }, 'dedupeTtlMs');
});

test('neither an answer nor anything of a handler shows a key', async () => {
  const { handler, calls } = scene({ on: { 'message.received': throwing } });
  const requests = [delivery(EVENT), delivery(EVENT, { signature: KEY }), delivery(EVENT, { method: 'PUT' })];
  for (const request of requests) {
    const response = await handler(request);
    const shown = inspect(response, { depth: 9, showHidden: true }) + (await response.text());
    assert.ok(!shown.includes(KEY), shown);
  }
  assert.ok(!inspect([handler, calls.map(([, error]) => error)], { depth: 9, showHidden: true }).includes(KEY));
});

/** A store that answers later, and was asked before. */
function slowStore() {
  const memory = new MemoryDedupe();
  return {
    async claim(id, ttlMs) {
      const claimed = memory.claim(id, ttlMs);
      await delay(claimed ? 15 : 1);
      return claimed;
    },
    release: (id) => memory.release(id),
  };
}

test('keys may be given by a function, which is asked for each request', async () => {
  const asked = [];
  const { handler, names } = scene({ keys: async () => asked.push(0) && ['another', KEY] });
  for (const event of [EVENT, SENT]) assert.equal((await handler(delivery(event))).status, 200);
  assert.deepEqual([asked.length, names()], [2, ['message.received', 'message.sent']]);
});

for (const keys of ['', [], undefined, [KEY, '']]) {
  test(`no keys from a function, ${inspect(keys)}, let nobody in`, async () => {
    const { handler, calls } = scene({ keys: () => keys });
    assert.equal((await handler(delivery(EVENT))).status, 500);
    const [[name, error, given]] = calls;
    assert.deepEqual([name, error.name, error.path, given], ['onError', 'ValidationError', 'keys', undefined]);
  });
}

for (const hasWaitUntil of [false, true]) {
  for (const [operation, outcome, isLast] of [
    ['sendMessage', 'unknown', true],
    ['sendMessage', 'applied', true],
    ['sendMessage', 'rejected', false],
    ['sendMessage', 'not_sent', false],
    ['addContactTags', 'unknown', false],
    [undefined, undefined, false],
  ]) {
    const way = hasWaitUntil ? 'after' : 'before';
    test(`${operation} that fails ${outcome} ${way} the answer ${isLast ? 'is not repeated' : 'is repeated'}`, async () => {
      const failure = Object.assign(new Error('failed'), { operation, outcome });
      let count = 0;
      const on = {
        'message.received': () => {
          count += 1;
          throw failure;
        },
      };
      const { handler, calls } = scene({ on });
      const context = hasWaitUntil ? new Context() : undefined;
      const { status } = await handler(delivery(EVENT), context);
      await Promise.all(context?.promises ?? []);
      assert.equal(status, hasWaitUntil || isLast ? 200 : 500);
      assert.deepEqual(
        calls.map(([name, error]) => [name, error]),
        [['onError', failure]],
      );
      const again = hasWaitUntil ? new Context() : undefined;
      await handler(delivery(EVENT), again);
      await Promise.all(again?.promises ?? []);
      assert.equal(count, isLast ? 1 : 2);
    });
  }
}
