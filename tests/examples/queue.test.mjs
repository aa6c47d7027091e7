import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Miniflare } from 'miniflare';
import { serveSandbox } from 'respond-io-wasm/sandbox/server';
import { ROOT } from '../../scripts/root.mjs';
import { bundle, mainOf } from '../runtimes.mjs';

const EXAMPLE = 'examples/queue/worker.js';
const TEMPLATE = { name: 'opening_hours', languageCode: 'en' };

/** A store that fails once, in the middle of a turn. */
const FORGETFUL = `
  import { Mailing as Kept } from './${EXAMPLE.replace('worker', 'mailing')}';
  export { default } from './${EXAMPLE}';
  let saves = 0;
  export class Mailing extends Kept {
    save(...args) {
      saves += 1;
      if (saves === 5) throw new Error('the store is gone');
      return super.save(...args);
    }
  }`;

/** A Worker whose secret was never put. */
const FORGOTTEN = `
  import worker from './${EXAMPLE}';
  export { Mailing } from './${EXAMPLE}';
  export default { fetch: (request, env) => worker.fetch(request, { ...env, MAILING_KEY: undefined }) };`;

describe('the queue example', { concurrency: 1 }, () => {
  test('10,000 contacts get the template once each, over many turns, a killed consumer and other troubles', async (t) => {
    // A turn sends 1,600 at most, so that there are seven and more however fast the machine is.
    const vars = { BUDGET_MS: 3000, REQUESTS_PER_SECOND: 400, MAX_WAIT_MS: 1200, TROUBLE_DELAY_SECONDS: 1 };
    await serveMailing({ count: 10_000, vars }, async (scene) => {
      const hits = (kind, count = 1) => scene.sandbox.faults.add({ operation: 'sendMessage', count, kind });
      /** What goes wrong in which turn. */
      const troubles = [
        [2, () => hits({ type: 'status', status: 429, retryAfter: 1 }, 5)],
        [3, () => hits({ type: 'reset_after' })],
        // Longer than a consumer waits, so that the queue does.
        [4, () => hits({ type: 'status', status: 429, retryAfter: 3 })],
        [5, (turn) => scene.kill(turn)],
      ];
      const start = performance.now();
      await scene.start(everybody(10_000));
      const seen = [];
      const progress = await scene.untilDone(async ({ turn, counts }) => {
        seen.push(counts.sent);
        if (turn >= troubles[0]?.[0] && counts.underWay > 0) await troubles.shift()[1](turn);
      });
      const seconds = (performance.now() - start) / 1000;

      assert.deepEqual(troubles, []);
      const { turn, counts, unknown } = progress;
      t.diagnostic(`${turn} turns, ${seconds.toFixed(1)} s, ${JSON.stringify(counts)}`);
      assert.deepEqual({ ...counts, sent: 0, unknown: 0 }, { sent: 0, refused: 0, unknown: 0, underWay: 0, toGo: 0 });
      assert.equal(counts.sent + unknown.length, 10_000);
      checkOnce(scene, unknown);
      const lost = scene.journal().filter(({ fault }) => fault === 'reset_after');
      assert.deepEqual(
        lost.map(idOf).filter((id) => !unknown.includes(id)),
        [],
      );
      assert.equal(lost.length, 1);
      // The one whose answer was lost, and those of the killed consumer, which has six under way at a time.
      assert.ok(unknown.length >= 2 && unknown.length <= 7, `${unknown}`);
      assert.ok(turn >= 7, `${turn} turns`);
      assert.deepEqual(
        seen,
        seen.toSorted((a, b) => a - b),
      );
      assert.ok(scene.output().includes(`turn ${turn}: 10000 of 10000, ${unknown.length} unknown`), scene.output());
    });
  });

  test('a turn that fails in the middle is taken up again by the queue', async () => {
    await serveMailing({ count: 60, main: FORGETFUL }, async (scene) => {
      await scene.start(everybody(60));
      const { counts, unknown } = await scene.untilDone();
      assert.equal(counts.sent + unknown.length, 60);
      // Those that were under way when the store failed.
      assert.ok(unknown.length >= 1 && unknown.length <= 6, `${unknown}`);
      checkOnce(scene, unknown);
    });
  });

  test('messages that come twice, and lists that are put twice, send nothing twice', async () => {
    await serveMailing({ count: 60 }, async (scene) => {
      assert.equal((await scene.fetch('GET')).status, 404);
      // The last one is not there, and is no reason to stop.
      const list = [...everybody(61), 1];
      assert.deepEqual(await scene.start(list), { status: 202, value: { total: 61 } });
      assert.equal((await scene.start(list)).status, 202);
      assert.equal((await scene.start(everybody(3))).status, 409);
      assert.equal((await scene.start(['id:1'])).status, 400);
      const outcomes = await Promise.all([scene.consume(1), scene.consume(1)]);
      // One is at work at a time; the others hand their messages back until it has ended.
      assert.ok(outcomes.some(({ retryMessages }) => retryMessages[0]?.delaySeconds > 0));
      const { counts, turn } = await scene.untilDone();
      assert.deepEqual(counts, { sent: 60, refused: 1, unknown: 0, underWay: 0, toGo: 0 });
      await scene.consume(turn - 1);
      await scene.consume(turn);
      checkOnce(scene, []);
    });
  });

  test('a Worker whose key was forgotten lets nobody in', async () => {
    await serveMailing({ count: 1, main: FORGOTTEN }, async (scene) => {
      for (const key of ['undefined', 'null', '', 'key']) {
        assert.equal((await scene.fetch('GET', undefined, key)).status, 401, key);
      }
    });
  });

  test('a token that is refused uses up no contact, and without the key nobody sends anything', async () => {
    await serveMailing({ count: 20, vars: { TROUBLE_DELAY_SECONDS: 1 } }, async (scene) => {
      assert.equal((await scene.fetch('PUT', '{}', 'guessed')).status, 401);
      scene.sandbox.configure({ tokens: ['new'] });
      await scene.start(everybody(20));
      await until(() => scene.output().includes('turn 2: 0 of 20, 0 unknown'));
      scene.sandbox.configure({ tokens: ['sandbox'] });
      const { counts } = await scene.untilDone();
      assert.deepEqual(counts, { sent: 20, refused: 0, unknown: 0, underWay: 0, toGo: 0 });
      checkOnce(scene, []);
    });
  });
});

/** Serves a sandbox and runs the example in workerd against it. */
async function serveMailing({ count, vars, main = mainOf(EXAMPLE) }, use) {
  const folder = mkdtempSync(join(tmpdir(), 'respond-io-queue-'));
  const server = await serveSandbox({ port: 0, seed: { count }, rateLimit: { limit: 1000, windowMs: 1000 } });
  const scene = new Scene(server, await options(main, folder, server, vars));
  try {
    await use(scene);
  } finally {
    await scene.worker.dispose();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Miniflare needs to know, from the example's own configuration. */
async function options(main, folder, { url }, vars) {
  const text = readFileSync(join(ROOT, 'examples/queue/wrangler.jsonc'), 'utf8');
  const config = JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''));
  const [{ name, class_name: className }] = config.durable_objects.bindings;
  const [{ binding, queue }] = config.queues.producers;
  const [consumer] = config.queues.consumers;
  return {
    compatibilityDate: config.compatibility_date,
    modules: await bundle(main),
    bindings: {
      ...config.vars,
      ...{ BUDGET_MS: 1000, REQUESTS_PER_SECOND: 100 },
      ...{ RESPOND_IO_TOKEN: 'sandbox', RESPOND_IO_BASE_URL: `${url}/v2`, MAILING_KEY: 'key' },
      ...vars,
    },
    durableObjects: { [name]: { className, useSQLite: true } },
    durableObjectsPersist: folder,
    queueProducers: { [binding]: queue },
    queueConsumers: {
      [consumer.queue]: {
        maxBatchSize: consumer.max_batch_size,
        maxBatchTimeout: consumer.max_batch_timeout,
        maxRetries: consumer.max_retries,
        retryDelay: 1,
      },
    },
  };
}

class Scene {
  #options;
  #output = '';
  #journal = [];

  constructor({ sandbox }, options) {
    const collect = (stream) => stream.setEncoding('utf8').on('data', (text) => (this.#output += text));
    this.sandbox = sandbox;
    this.#options = { ...options, handleRuntimeStdio: (...streams) => streams.forEach(collect) };
    this.worker = new Miniflare(this.#options);
  }

  /** What the Worker has logged. */
  output() {
    return this.#output;
  }

  /** Every exchange: the sandbox keeps 10,000, so they are taken from it as they come. */
  journal() {
    this.#journal.push(...this.sandbox.journal(this.#journal.at(-1)?.seq));
    return this.#journal;
  }

  async fetch(method, body, key = 'key') {
    const headers = { authorization: `Bearer ${key}` };
    const response = await this.worker.dispatchFetch('http://worker/sunday', { method, headers, body });
    const text = await response.text();
    return { status: response.status, value: response.ok ? JSON.parse(text) : text };
  }

  start(contacts) {
    return this.fetch('PUT', JSON.stringify({ template: TEMPLATE, contacts }));
  }

  /** Kills the runtime. The queue, which would have lived on, is played: it delivers its message again. */
  async kill(turn) {
    await this.worker.dispose();
    this.worker = new Miniflare(this.#options);
    await this.deliver(turn);
  }

  async deliver(turn) {
    const queue = await this.worker.getQueueProducer('QUEUE');
    await queue.send({ name: 'sunday', turn });
  }

  /** Hands the consumer a message at once, whoever is at work: the queue of Miniflare has one consumer at a time. */
  async consume(turn) {
    const worker = await this.worker.getWorker();
    const message = { id: `again-${turn}`, timestamp: new Date(), attempts: 1, body: { name: 'sunday', turn } };
    return worker.queue('mailings', [message]);
  }

  /** Looks every tenth of a second how far the mailing is. */
  async untilDone(look = () => {}) {
    let progress;
    await until(async () => {
      progress = (await this.fetch('GET')).value;
      this.journal();
      const isDone = progress.counts.toGo + progress.counts.underWay === 0;
      if (!isDone) await look(progress);
      return isDone;
    });
    return progress;
  }
}

/** Looks every tenth of a second whether it is so. */
async function until(isSo) {
  for (let looks = 0; looks < 1800; looks++) {
    if (await isSo()) return;
    await wait(100);
  }
  throw new Error('it takes too long');
}

function everybody(count) {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function idOf({ url }) {
  return Number(/id:(\d+)/.exec(decodeURIComponent(url))[1]);
}

/** Nobody got the template twice, and who did not get it is told as unknown: by the journal and by the conversations. */
function checkOnce(scene, unknown) {
  const { contacts } = scene.sandbox.snapshot();
  const sent = new Map(contacts.map(({ id }) => [id, 0]));
  for (const entry of scene.journal()) {
    if (entry.acted) sent.set(idOf(entry), sent.get(idOf(entry)) + 1);
  }
  for (const { id, messages } of contacts) {
    const templates = messages.filter(({ content }) => content.type === 'template');
    assert.equal(templates.length, sent.get(id), `id:${id}`);
    assert.ok(
      sent.get(id) === 1 || (sent.get(id) === 0 && unknown.includes(id)),
      `id:${id} got it ${sent.get(id)} times`,
    );
  }
}
