import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, test } from 'node:test';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import {
  AbortError,
  BadRequestError,
  ConnectionError,
  DecodeError,
  RateLimitError,
  RespondIO,
  RespondIOError,
  ServerError,
  TimeoutError,
  ValidationError,
} from 'respond-io-wasm';
import { BulkError, bulk } from 'respond-io-wasm/bulk';
import { createSandbox } from 'respond-io-wasm/sandbox';
import { Dice } from './dice.mjs';

const LETTERS = { f: 'fulfilled', a: 'applied', r: 'rejected', u: 'unknown', s: 'started', p: 'pending' };

/** The numbers from 0 to `count` - 1. */
const numbers = (count) => Array.from({ length: count }, (_, index) => index);
/** What a checkpoint that was read from a file is. */
const throughJson = (value) => JSON.parse(JSON.stringify(value));
/** A function that no item may start; it is the results that tell, since an error of an item ends no run. */
const unwanted = () => 'started';
const never = () => new Promise(() => {});

/** The states of a checkpoint, one an item, by another reader than the package's. */
function spelled({ states }) {
  const words = states ? states.split(' ') : [];
  return words.flatMap((word) => Array(Number(word.slice(0, -1) || 1)).fill(LETTERS[word.at(-1)]));
}

function promised() {
  let settle;
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

describe('results', () => {
  test('they are in the order of the items, whatever ends first', async () => {
    const ends = [];
    const { results, counts, complete } = await bulk(numbers(30), async (item, { index }) => {
      assert.equal(item, index);
      await wait((item * 7) % 11);
      ends.push(item);
      return item * 2;
    });
    assert.notDeepEqual(ends, numbers(30));
    assert.deepEqual(
      results,
      numbers(30).map((item) => ({ status: 'fulfilled', value: item * 2 })),
    );
    assert.deepEqual(counts, { total: 30, done: 30, fulfilled: 30, applied: 0, rejected: 0, unknown: 0, pending: 0 });
    assert.equal(complete, true);
  });

  for (const [options, bound] of [
    [{}, 10],
    [{ concurrency: 1 }, 1],
    [{ concurrency: 7 }, 7],
    [{ concurrency: 1000 }, 60],
  ]) {
    test(`${JSON.stringify(options)} has ${bound} of 60 items under way`, async () => {
      let [now, most] = [0, 0];
      await bulk(
        numbers(60),
        async () => {
          most = Math.max(most, ++now);
          await turn();
          now -= 1;
        },
        options,
      );
      assert.equal(most, bound);
    });
  }

  test('no items are a run that is complete', async () => {
    let saves = 0;
    const { results, complete, checkpoint } = await bulk([], unwanted, { onCheckpoint: () => saves++ });
    assert.deepEqual(
      { results, complete, checkpoint },
      { results: [], complete: true, checkpoint: { version: 1, total: 0, states: '' } },
    );
    assert.equal(saves, 0);
  });

  test('a function need not be asynchronous, and may throw at once', async () => {
    const cause = new Error('odd');
    const { results } = await bulk([1, 2], (item) => {
      if (item === 1) throw cause;
      return item;
    });
    assert.deepEqual(results, [
      { status: 'rejected', error: cause, outcome: 'unknown' },
      { status: 'fulfilled', value: 2 },
    ]);
  });

  test('10,000 calls of the client end, each sent once', async () => {
    const { client, sent } = await scene();
    const { counts, results, checkpoint } = await bulk(numbers(10_000), (number) => send(client, number), {
      concurrency: 64,
    });
    assert.equal(counts.fulfilled, 10_000);
    assert.equal(new Set(results.map(({ value }) => value.messageId)).size, 10_000);
    assert.equal(checkpoint.states, '10000f');
    assert.deepEqual(sent(), new Map(numbers(10_000).map((number) => [String(number), 1])));
  });
});

describe('failures', () => {
  const undecodable = new DecodeError('cut off', '', 'truncated', { outcome: 'applied', statusCode: 200 });
  /** An error, the result's status and outcome, and the letter in the checkpoint. */
  const table = [
    [new ConnectionError('no such host', { outcome: 'not_sent' }), 'pending', undefined, 'p'],
    [new AbortError('aborted', { outcome: 'not_sent' }), 'pending', undefined, 'p'],
    [new RateLimitError('queue is full', { outcome: 'not_sent' }, 3), 'pending', undefined, 'p'],
    [new RateLimitError('too many', { outcome: 'rejected', statusCode: 429 }), 'pending', undefined, 'p'],
    [new AbortError('aborted after a 429', { outcome: 'rejected' }), 'pending', undefined, 'p'],
    [new ConnectionError('refused after a 429', { outcome: 'rejected' }), 'pending', undefined, 'p'],
    [new TimeoutError('too long after a 429', { outcome: 'rejected' }), 'pending', undefined, 'p'],
    [new ValidationError('wrong', 'message', 'required', { outcome: 'not_sent' }), 'rejected', 'not_sent', 'p'],
    [new BadRequestError('malformed', { outcome: 'rejected', statusCode: 400 }), 'rejected', 'rejected', 'r'],
    [new RateLimitError('lost, then too many', { outcome: 'unknown', statusCode: 429 }), 'rejected', 'unknown', 'u'],
    [new ServerError('failed', { outcome: 'unknown', statusCode: 500 }), 'rejected', 'unknown', 'u'],
    [new AbortError('aborted', { outcome: 'unknown' }), 'rejected', 'unknown', 'u'],
    [undecodable, 'rejected', 'applied', 'a'],
    [new Error('of somebody else'), 'rejected', 'unknown', 'u'],
    [Object.assign(new Error('of somebody who knows'), { outcome: 'rejected' }), 'rejected', 'rejected', 'r'],
    [Object.assign(new Error('of somebody else'), { outcome: 'odd' }), 'rejected', 'unknown', 'u'],
    [undefined, 'rejected', 'unknown', 'u'],
    [null, 'rejected', 'unknown', 'u'],
    ['a text', 'rejected', 'unknown', 'u'],
  ];

  for (const [error, status, outcome, letter] of table) {
    test(`${error?.name} of outcome ${error?.outcome}, "${error?.message ?? error}", is ${status} ${outcome ?? ''}`, async () => {
      const { results, counts, checkpoint, complete } = await bulk(numbers(5), async (item) => {
        if (item === 2) throw error;
        return item;
      });
      const failed = outcome ? { status, error, outcome } : { status, error };
      assert.deepEqual(
        results,
        numbers(5).map((value) => (value === 2 ? failed : { status: 'fulfilled', value })),
      );
      assert.equal(checkpoint.states, `2f ${letter} 2f`);
      assert.equal(complete, status === 'rejected');
      const kind = outcome === 'not_sent' ? 'rejected' : (outcome ?? 'pending');
      const none = { applied: 0, rejected: 0, unknown: 0, pending: 0 };
      const done = kind === 'pending' ? 4 : 5;
      assert.deepEqual(counts, { total: 5, done, fulfilled: 4, ...none, [kind]: 1 });
    });
  }

  test('the failures of the client, in a sandbox with faults', async () => {
    const { client, sandbox, sent } = await scene({}, { maxRetries: 0 });
    const faults = {
      1: { type: 'status', status: 400 },
      2: { type: 'status', status: 429 },
      3: { type: 'status', status: 503 },
      4: { type: 'reset_after' },
      5: { type: 'truncate' },
    };
    const { results, checkpoint, counts } = await bulk(
      numbers(8),
      (number) => {
        if (faults[number]) sandbox.faults.add({ operation: 'sendMessage', count: 1, kind: faults[number] });
        return number === 6 ? client.messaging.send('id:1', {}) : send(client, number);
      },
      { concurrency: 1 },
    );
    assert.deepEqual(
      results.map(({ status, outcome, error }) => [status, outcome, error?.name]),
      [
        ['fulfilled', undefined, undefined],
        ['rejected', 'rejected', 'BadRequestError'],
        ['pending', undefined, 'RateLimitError'],
        ['rejected', 'unknown', 'ServerError'],
        ['rejected', 'unknown', 'ConnectionError'],
        ['rejected', 'applied', 'DecodeError'],
        ['rejected', 'not_sent', 'ValidationError'],
        ['fulfilled', undefined, undefined],
      ],
    );
    assert.equal(checkpoint.states, 'f r p 2u a p f');
    assert.deepEqual(counts, { total: 8, done: 7, fulfilled: 2, applied: 1, rejected: 2, unknown: 2, pending: 1 });

    const resumed = await bulk(numbers(8), (number) => send(client, number), { checkpoint: throughJson(checkpoint) });
    assert.equal(resumed.checkpoint.states, 'f r f 2u a 2f');
    assert.equal(resumed.complete, true);
    assert.deepEqual([...sent().keys()].sort(), ['0', '2', '4', '5', '6', '7']);
    assert.deepEqual(new Set(sent().values()), new Set([1]));
  });
});

describe('stopping by a signal', () => {
  test('nothing more starts, what is under way is aborted and told apart', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const started = [];
    const { results, complete, checkpoint } = await bulk(
      numbers(100),
      async (item, { signal }) => {
        started.push(item);
        if (item < 10) return item;
        if (item === 13) controller.abort(reason);
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        assert.equal(signal.reason, reason);
        if (item === 12) return 'done all the same';
        throw new AbortError('aborted', { outcome: item === 10 ? 'not_sent' : 'unknown', cause: signal.reason });
      },
      { concurrency: 4, signal: controller.signal },
    );
    assert.deepEqual(started, numbers(14));
    assert.equal(complete, false);
    assert.equal(results.length, 100);
    assert.equal(checkpoint.states, '10f p u f u');
    assert.deepEqual([results[10].status, results[10].error.cause], ['pending', reason]);
    assert.deepEqual([results[11].status, results[11].outcome], ['rejected', 'unknown']);
    assert.deepEqual(results[12], { status: 'fulfilled', value: 'done all the same' });
    assert.deepEqual(results[14], { status: 'pending' });
  });

  test('a signal that has aborted starts and reads nothing', async () => {
    let reads = 0;
    const items = (function* () {
      reads += 1;
      yield 1;
    })();
    const run = await bulk(items, unwanted, { signal: AbortSignal.abort() });
    assert.equal(reads, 0);
    assert.deepEqual([run.results, run.complete, run.counts.total], [[], false, undefined]);
  });

  test('calls that wait for their turn are still to be done, and were not sent', async () => {
    const controller = new AbortController();
    const { client, sent } = await scene({}, { rateLimit: { limit: 3, windowMs: 60_000 } });
    let ended = 0;
    const run = await bulk(
      numbers(20),
      async (number, { signal }) => {
        const result = await send(client, number, signal);
        if (++ended === 3) setTimeout(() => controller.abort(), 5);
        return result;
      },
      { concurrency: 8, signal: controller.signal },
    );
    assert.equal(run.checkpoint.states, '3f');
    assert.equal(run.counts.pending, 17);
    assert.equal(run.results[5].error.outcome, 'not_sent');
    assert.equal(sent().size, 3);
  });

  test('the signal of an item that has ended aborts no more', async () => {
    const controller = new AbortController();
    const signals = [];
    const keep = (item, { signal }) => {
      signals.push(signal);
      if (item === 1) controller.abort();
    };
    await bulk([0, 1], keep, { concurrency: 1, signal: controller.signal });
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [false, true],
    );
  });

  test('neither a listener nor a timer is left behind', async () => {
    const { signal } = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const seen = [];
    const look = () => seen.push(getEventListeners(signal, 'abort').length);
    const options = { signal, budgetMs: 100_000, onProgress() {} };
    await bulk(numbers(20), look, options);
    await assert.rejects(
      bulk(numbers(20), look, { ...options, onCheckpoint: () => Promise.reject(new Error()) }),
      BulkError,
    );
    await assert.rejects(bulk(numbers(20), look, { ...options, repeat: ['odd'] }), ValidationError);
    assert.deepEqual(new Set(seen), new Set([1]));
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    assert.equal(timers(), before);
  });

  test('many calls that listen to their signals are no leak to Node', async () => {
    const warnings = [];
    const note = (warning) => warnings.push(warning.name);
    process.on('warning', note);
    const listen = async (_item, { signal }) => {
      signal.addEventListener('abort', () => {});
      await turn();
    };
    await bulk(numbers(200), listen, { concurrency: 100, signal: new AbortController().signal });
    await turn();
    process.off('warning', note);
    assert.deepEqual(warnings, []);
  });
});

describe('stopping by time', () => {
  test('nothing starts after the budget, what is under way ends, and another run ends the rest', async () => {
    const start = performance.now();
    const times = [];
    const done = [];
    const fn = async (item) => {
      times.push(performance.now() - start);
      await wait(20);
      done.push(item);
    };
    const first = await bulk(numbers(50), fn, { concurrency: 3, budgetMs: 100 });
    assert.equal(first.complete, false);
    assert.ok(Math.max(...times) < 150, `the last one started after ${Math.max(...times)} ms`);
    assert.ok(first.counts.fulfilled >= 3);
    assert.equal(first.counts.fulfilled, done.length);
    const second = await bulk(numbers(50), fn, { concurrency: 50, checkpoint: throughJson(first.checkpoint) });
    assert.equal(second.complete, true);
    assert.deepEqual(
      done.sort((a, b) => a - b),
      numbers(50),
    );
  });

  test('a program that is busy past the budget starts nothing more, though no timer has fired', async () => {
    let started = 0;
    await bulk(
      numbers(10),
      () => {
        started += 1;
        const end = performance.now() + 150;
        while (performance.now() < end);
      },
      { concurrency: 1, budgetMs: 100 },
    );
    assert.equal(started, 1);
  });

  test('no budget at all starts nothing', async () => {
    const { complete, counts } = await bulk(numbers(10), unwanted, { budgetMs: 0 });
    assert.deepEqual([complete, counts.pending], [false, 10]);
  });

  test('items that never come do not hold a run', async () => {
    let returned = 0;
    const items = {
      [Symbol.asyncIterator]: () => ({
        next: (() => {
          let count = 0;
          return () => (count++ < 2 ? Promise.resolve({ value: count, done: false }) : never());
        })(),
        return: () => {
          returned += 1;
          return never();
        },
      }),
    };
    const { results, complete } = await bulk(items, (item) => item, { budgetMs: 150 });
    assert.deepEqual(results, [
      { status: 'fulfilled', value: 1 },
      { status: 'fulfilled', value: 2 },
    ]);
    assert.equal(complete, false);
    assert.equal(returned, 1);
  });

  test('items whose checkpoint is saved only after the budget do not start', async () => {
    const saved = [];
    const run = await bulk(numbers(5), unwanted, {
      budgetMs: 100,
      onCheckpoint: async (checkpoint) => {
        saved.push(checkpoint.states);
        await wait(200);
      },
    });
    assert.deepEqual(saved, ['5s', '']);
    assert.deepEqual(run.results, Array(5).fill({ status: 'pending' }));
  });
});

describe('checkpoints', () => {
  const fail = (outcome) => {
    throw Object.assign(new Error(outcome), { outcome });
  };
  const ends = ['fulfilled', 'rejected', 'unknown', 'applied', 'not_sent'];
  const act = (item) => (item % 5 ? fail(ends[item % 5]) : item);

  test('one is plain JSON, and resuming does again what was not sent and nothing else', async () => {
    const first = await bulk(numbers(10), act);
    assert.deepEqual(throughJson(first.checkpoint), { version: 1, total: 10, states: 'f r u a p f r u a' });
    const again = [];
    const second = await bulk(numbers(10), (item) => again.push(item), { checkpoint: throughJson(first.checkpoint) });
    assert.deepEqual(again, [4, 9]);
    assert.deepEqual(second.results.slice(0, 5), [
      ...ends.slice(0, 4).map((outcome) => ({ status: 'restored', outcome })),
      { status: 'fulfilled', value: 1 },
    ]);
    assert.deepEqual(second.counts, {
      total: 10,
      done: 10,
      fulfilled: 4,
      applied: 2,
      rejected: 2,
      unknown: 2,
      pending: 0,
    });
    assert.equal(second.checkpoint.states, 'f r u a 2f r u a f');
    const third = await bulk(numbers(10), unwanted, { checkpoint: second.checkpoint });
    assert.ok(third.results.every(({ status }) => status === 'restored'));
  });

  test('an item that had started is unknown', async () => {
    const checkpoint = { version: 1, total: 4, states: 'f 2s' };
    const run = await bulk(numbers(4), (item) => assert.equal(item, 3), { checkpoint });
    assert.equal(run.checkpoint.states, 'f 2u f');
    assert.deepEqual(run.results[1], { status: 'restored', outcome: 'unknown' });
  });

  for (const [repeat, done] of [
    [[], [4]],
    [['unknown'], [2, 4, 5]],
    [['rejected'], [1, 4]],
    [
      ['rejected', 'unknown'],
      [1, 2, 4, 5],
    ],
  ]) {
    test(`repeat: ${JSON.stringify(repeat)} does ${done}`, async () => {
      const again = [];
      const checkpoint = { version: 1, total: 6, states: 'f r u a p s' };
      const run = await bulk(numbers(6), (item) => again.push(item), { checkpoint, repeat });
      assert.deepEqual(again, done);
      const ends = ['fulfilled', 'rejected', 'unknown', 'applied', 'fulfilled', 'unknown'];
      assert.deepEqual(
        spelled(run.checkpoint),
        ends.map((end, item) => (done.includes(item) ? 'fulfilled' : end)),
      );
      assert.equal(run.counts.done, 6);
      assert.equal(run.counts.fulfilled, 1 + done.length);
    });
  }

  test('what was unknown stays so until an answer says that it was done', async () => {
    const resume = (outcome) =>
      bulk([0], () => fail(outcome), { checkpoint: { version: 1, states: 'u' }, repeat: ['unknown'] });
    for (const outcome of ['not_sent', 'rejected', 'unknown']) {
      const { results, checkpoint, counts } = await resume(outcome);
      assert.deepEqual(
        [results[0].status, results[0].outcome, checkpoint.states],
        ['rejected', 'unknown', 'u'],
        outcome,
      );
      assert.deepEqual([counts.unknown, counts.done], [1, 1]);
    }
    assert.equal((await resume('applied')).checkpoint.states, 'a');
  });

  test('the function is told what is repeated, so that it can look first', async () => {
    const told = [];
    const note = (item, { before }) => told.push([item, before]);
    const options = {
      checkpoint: { version: 1, states: 'u r s p f' },
      repeat: ['unknown', 'rejected'],
      concurrency: 1,
    };
    await bulk(numbers(6), note, options);
    assert.deepEqual(told, [
      [0, 'unknown'],
      [1, 'rejected'],
      [2, 'unknown'],
      [3, undefined],
      [5, undefined],
    ]);
  });

  test('what was to be repeated and did not start is what it was', async () => {
    const controller = new AbortController();
    const { checkpoint, results } = await bulk(numbers(3), unwanted, {
      checkpoint: { version: 1, total: 3, states: 'u r p' },
      repeat: ['unknown', 'rejected'],
      signal: controller.signal,
      onCheckpoint: () => controller.abort(),
    });
    assert.equal(checkpoint.states, 'u r');
    assert.deepEqual(
      results.map(({ status, outcome }) => outcome ?? status),
      ['unknown', 'rejected', 'pending'],
    );
  });

  test('every item is named by a saved checkpoint before it starts, one save at a time', async () => {
    const dice = new Dice(1);
    const unnamed = [];
    let [saved, saving, saves] = [undefined, 0, 0];
    const run = await bulk(
      numbers(300),
      async (item) => {
        if (spelled(saved)[item] !== 'started') unnamed.push(item);
        await wait(dice.below(4));
        if (dice.oneIn(3)) fail(dice.pick(ends.slice(1)));
      },
      {
        concurrency: 20,
        onCheckpoint: async (checkpoint) => {
          assert.equal(saving++, 0);
          saves += 1;
          await wait(dice.below(5));
          saved = throughJson(checkpoint);
          saving -= 1;
        },
      },
    );
    assert.deepEqual(unnamed, []);
    assert.equal(run.results.length, 300);
    assert.deepEqual(
      new Set(spelled(run.checkpoint)),
      new Set(['fulfilled', 'rejected', 'unknown', 'applied', 'pending']),
    );
    assert.deepEqual(saved, run.checkpoint);
    assert.ok(saves < 200, `${saves} saves of 300 items`);
  });

  test('those who start together share a save', async () => {
    const saved = [];
    const onCheckpoint = async ({ states }) => {
      saved.push(states);
      await wait(10);
    };
    await bulk(numbers(10), () => wait(10), { onCheckpoint });
    assert.deepEqual([saved[0], saved.at(-1)], ['10s', '10f']);
    assert.ok(saved.length <= 3, String(saved));
  });

  test('where no checkpoint can be saved nothing starts, and what is under way ends', async () => {
    const cause = new Error('the disk is full');
    const [started, ended] = [[], []];
    let saves = 0;
    const error = await bulk(
      numbers(20),
      async (item) => {
        started.push(item);
        await wait(5 * (item + 1));
        ended.push(item);
      },
      {
        concurrency: 3,
        onCheckpoint: () => {
          if (++saves > 1) throw cause;
        },
      },
    ).catch((error) => error);
    assert.ok(error instanceof BulkError && error instanceof RespondIOError);
    assert.equal(error.cause, cause);
    assert.equal(error.outcome, 'applied');
    assert.match(error.message, /checkpoint/);
    assert.deepEqual([started, ended], [numbers(3), numbers(3)]);
    assert.equal(saves, 2);
    assert.equal(error.run.checkpoint.states, '3f');
    assert.equal(error.run.complete, false);
    const rest = [];
    await bulk(numbers(20), (item) => rest.push(item), { checkpoint: error.run.checkpoint });
    assert.deepEqual(rest, numbers(20).slice(3));
  });

  test('a failed first save has started nothing', async () => {
    const save = () => Promise.reject(new Error('no'));
    const error = await bulk(numbers(20), unwanted, { onCheckpoint: save }).catch((error) => error);
    assert.ok(error instanceof BulkError);
    assert.deepEqual([error.outcome, error.run.checkpoint.states], ['not_sent', '']);
  });

  test('a failed last save is told, though every item is done', async () => {
    const save = ({ states }) => (states === '4f' ? Promise.reject(new Error('no')) : undefined);
    const error = await bulk(numbers(4), () => {}, { onCheckpoint: save }).catch((error) => error);
    assert.ok(error instanceof BulkError);
    assert.equal(error.run.complete, true);
  });

  test('thousands of items in any mixture have the states that they should', async () => {
    const dice = new Dice(7);
    const expected = numbers(3000).map(() => (dice.oneIn(2) ? 'fulfilled' : dice.pick(ends)));
    const act = async (item) => {
      for (let turns = dice.below(5); turns > 0; turns--) await turn();
      if (expected[item] !== 'fulfilled') fail(expected[item]);
    };
    const { checkpoint, counts } = await bulk(numbers(3000), act, { concurrency: 50 });
    const states = expected.map((end) => (end === 'not_sent' ? 'pending' : end));
    const length = states.findLastIndex((state) => state !== 'pending') + 1;
    assert.deepEqual(spelled(checkpoint), states.slice(0, length));
    for (const end of ends.slice(0, 4)) assert.equal(counts[end], states.filter((state) => state === end).length);
    assert.ok(checkpoint.states.length < 9000);
  });

  const wrong = [
    ['a text', '{}', 'checkpoint'],
    ['an array', [], 'checkpoint'],
    ['a number', 0, 'checkpoint'],
    ['nothing in it', {}, 'checkpoint.version'],
    ['another version', { version: 2, states: '' }, 'checkpoint.version'],
    ['a version as text', { version: '1', states: '' }, 'checkpoint.version'],
    ['an unknown field', { version: 1, states: '', items: 3 }, 'checkpoint.items'],
    ['a total below 0', { version: 1, total: -1, states: '' }, 'checkpoint.total'],
    ['a total that is null', { version: 1, total: null, states: '' }, 'checkpoint.total'],
    ['a fraction of a total', { version: 1, total: 1.5, states: '' }, 'checkpoint.total'],
    ['no states', { version: 1 }, 'checkpoint.states'],
    ['states in an array', { version: 1, states: ['f'] }, 'checkpoint.states'],
    ['an unknown state', { version: 1, states: '3x' }, 'checkpoint.states'],
    ['a state in full', { version: 1, states: '3fulfilled' }, 'checkpoint.states'],
    ['a count of 0', { version: 1, states: '0f' }, 'checkpoint.states'],
    ['a negative count', { version: 1, states: '-1f' }, 'checkpoint.states'],
    ['a count alone', { version: 1, states: '3' }, 'checkpoint.states'],
    ['two spaces', { version: 1, states: 'f  f' }, 'checkpoint.states'],
    ['a space at the end', { version: 1, states: 'f ' }, 'checkpoint.states'],
    ['more items than integers are safe', { version: 1, states: '9007199254740991f f' }, 'checkpoint.states'],
    ['a count beyond all numbers', { version: 1, states: `${'9'.repeat(400)}f` }, 'checkpoint.states'],
    ['more states than items', { version: 1, total: 2, states: '3f' }, 'checkpoint.states'],
    ['another number of items', { version: 1, total: 4, states: '2f' }, 'items'],
    ['states of more items', { version: 1, states: '4f' }, 'items'],
  ];

  for (const [name, checkpoint, path] of wrong) {
    test(`a checkpoint with ${name} is refused at ${path}`, async () => {
      const error = await bulk([1, 2, 3], unwanted, { checkpoint }).catch((error) => error);
      assert.ok(error instanceof ValidationError, String(error));
      assert.equal(error.path, path);
      assert.equal(error.outcome, 'not_sent');
    });
  }

  test('null and undefined are no checkpoint', async () => {
    for (const checkpoint of [null, undefined]) assert.ok((await bulk([1], () => {}, { checkpoint })).complete);
  });
});

describe('a crash at any moment', () => {
  const COUNT = 40;
  const LOST = { operation: 'sendMessage', probability: 0.05, kind: { type: 'reset_after' } };

  /** A program that dies at its `life`th step: from then on it does nothing any more and hears nothing. */
  function mortal(life, dice) {
    let steps = 0;
    const death = promised();
    return {
      death: death.promise,
      async step() {
        for (let turns = dice.below(4); turns > 0; turns--) await turn();
        if (++steps === life) death.resolve();
        if (steps >= life) await never();
      },
    };
  }

  /** Runs, dies and runs again until every item has an end. */
  async function live(seed, { sandbox }, options = {}) {
    const dice = new Dice(seed);
    const disk = { checkpoint: null };
    const concurrency = 1 + dice.below(12);
    for (let deaths = 0; ; deaths++) {
      const { death, step } = mortal(1 + dice.below(90), dice);
      const fetch = async (url, init) => {
        await step();
        const response = await sandbox.fetch(url, init);
        await step();
        return response;
      };
      // A program that is dead has no timers.
      const client = new RespondIO({ apiToken: 'sandbox', fetch, rateLimit: false, timeout: 0 });
      const onCheckpoint = async (checkpoint) => {
        await step();
        disk.checkpoint = JSON.stringify(checkpoint);
        await step();
      };
      const checkpoint = JSON.parse(disk.checkpoint);
      const run = bulk(numbers(COUNT), (number) => send(client, number), {
        checkpoint,
        concurrency,
        onCheckpoint,
        ...options,
      });
      const end = await Promise.race([run, death]);
      if (end?.complete) return { end, deaths, concurrency };
    }
  }

  test('no message is sent twice, and each is sent once or told as unknown', async () => {
    const all = { deaths: 0, fulfilled: 0, unknown: 0, sentUnknown: 0 };
    const place = await scene();
    place.sandbox.faults.add(LOST);
    for (let seed = 1; seed <= 150; seed++) {
      place.sandbox.clearJournal();
      const { end, deaths, concurrency } = await live(seed, place);
      const sent = place.sent();
      const lost = place.sandbox.journal().filter(({ fault }) => fault).length;
      for (const [number, result] of end.results.entries()) {
        const times = sent.get(String(number)) ?? 0;
        const outcome = result.outcome ?? result.status;
        assert.ok(['fulfilled', 'unknown'].includes(outcome), `seed ${seed}, item ${number}: ${outcome}`);
        assert.ok(times <= 1, `seed ${seed}: item ${number} was sent ${times} times`);
        assert.ok(times === 1 || outcome === 'unknown', `seed ${seed}: item ${number} is ${outcome} and was not sent`);
        if (outcome === 'unknown') all.sentUnknown += times;
      }
      assert.ok(end.counts.unknown <= deaths * concurrency + lost, `seed ${seed}: ${end.counts.unknown} are unknown`);
      all.deaths += deaths;
      all.fulfilled += end.counts.fulfilled;
      all.unknown += end.counts.unknown;
    }
    assert.equal(all.fulfilled + all.unknown, 150 * COUNT);
    assert.ok(
      all.deaths > 150 && all.unknown > 150 && all.sentUnknown > 0 && all.sentUnknown < all.unknown,
      JSON.stringify(all),
    );
  });

  test('told to repeat what is unknown, it does send some twice, so that the test above can see it', async () => {
    const place = await scene();
    place.sandbox.faults.add(LOST);
    for (let seed = 1; seed <= 20; seed++) await live(seed, place, { repeat: ['unknown'] });
    assert.ok(Math.max(...place.sent().values()) > 20);
  });
});

describe('iterables', () => {
  test('an item is read only when it is to start', async () => {
    let [read, ended, most] = [0, 0, 0];
    function* items() {
      for (; read < 500; read++) {
        most = Math.max(most, read - ended);
        yield read;
      }
    }
    const { counts } = await bulk(
      items(),
      async () => {
        await turn();
        ended += 1;
      },
      { concurrency: 6 },
    );
    assert.equal(counts.total, 500);
    assert.equal(counts.fulfilled, 500);
    assert.ok(most <= 6, `${most} were read ahead`);
  });

  test('an iterator is asked one thing at a time, though many wait for its items', async () => {
    let [asked, count] = [0, 0];
    const items = {
      [Symbol.asyncIterator]: () => ({
        async next() {
          assert.equal(asked++, 0);
          await turn();
          asked -= 1;
          return { value: count, done: ++count > 50 };
        },
      }),
    };
    const { results } = await bulk(items, (item) => item, { concurrency: 10 });
    assert.deepEqual(
      results.map(({ value }) => value),
      numbers(50),
    );
  });

  test('the contacts of a listing are fetched page by page', async () => {
    const { client, sandbox } = await scene({ seed: { count: 250 } });
    const pages = () => sandbox.journal().filter(({ operation }) => operation === 'listContacts').length;
    const seen = new Map();
    const { counts } = await bulk(client.contacts.list(), async ({ id }, { index }) => seen.set(index, [id, pages()]));
    assert.equal(counts.fulfilled, 250);
    assert.deepEqual(
      [...seen.values()].map(([id]) => id),
      numbers(250).map((index) => index + 1),
    );
    assert.ok(seen.get(0)[1] <= 2 && seen.get(249)[1] === 3);
  });

  test('a run that stops lets go of its iterator', async () => {
    for (const kind of ['sync', 'async']) {
      let isClosed = false;
      const controller = new AbortController();
      const generators = {
        *sync() {
          try {
            for (let i = 0; ; i++) yield i;
          } finally {
            isClosed = true;
          }
        },
        async *async() {
          try {
            for (let i = 0; ; i++) yield i;
          } finally {
            await turn();
            isClosed = true;
          }
        },
      };
      const stopAt = (item) => item === 20 && controller.abort();
      const run = await bulk(generators[kind](), stopAt, { signal: controller.signal, concurrency: 2 });
      assert.equal(isClosed, true, kind);
      assert.equal(run.complete, false);
      assert.equal(run.counts.total, undefined);
      assert.ok(run.results.length >= 21 && run.results.length <= 23);
    }
  });

  test('items that cannot be read end the run, and what was done is told and saved', async () => {
    const cause = new Error('page 2 is gone');
    async function* items() {
      yield* [1, 2, 3];
      throw cause;
    }
    for (const concurrency of [1, 10]) {
      const saved = [];
      const options = { concurrency, onCheckpoint: ({ states }) => saved.push(states) };
      const error = await bulk(items(), (item) => item, options).catch((error) => error);
      assert.ok(error instanceof BulkError, String(error));
      assert.equal(error.cause, cause);
      assert.deepEqual(
        error.run.results.map(({ value }) => value),
        [1, 2, 3],
      );
      assert.equal(saved.at(-1), '3f');
      assert.equal(error.run.complete, false);
    }
  });

  test('an iterator that has thrown is left alone', async () => {
    for (const kind of ['iterator', 'asyncIterator']) {
      let returns = 0;
      const next = () => {
        throw new Error('gone');
      };
      const items = { [Symbol[kind]]: () => ({ next, return: () => ({ done: returns++ >= 0 }) }) };
      await assert.rejects(bulk(items, unwanted), BulkError);
      assert.equal(returns, 0, kind);
    }
  });

  test('an iterable that gives another number of items than before ends the run before it does harm', async () => {
    const checkpoint = { version: 1, total: 3, states: '2f' };
    for (const count of [2, 4]) {
      const again = [];
      const run = bulk(numbers(count).values(), (item) => again.push(item), { checkpoint });
      const error = await run.catch((error) => error);
      assert.ok(error instanceof BulkError && error.cause instanceof ValidationError, String(error));
      assert.equal(error.cause.path, 'items');
      assert.deepEqual(again, []);
    }
    async function* longer() {
      yield* [0, 1, 2];
      await wait(20);
      yield 3;
    }
    const started = [];
    await assert.rejects(
      bulk(longer(), (item) => started.push(item), { checkpoint }),
      (error) => error.cause.path === 'items',
    );
    assert.deepEqual(started, [2]);
    const shorter = bulk(numbers(2).values(), unwanted, { checkpoint: { version: 1, states: '3f' } });
    await assert.rejects(shorter, (error) => error.cause.path === 'items');
  });

  test('a run of an iterable goes on where it was, and passes by what is done', async () => {
    const done = [];
    const first = await bulk(numbers(30).values(), (item) => done.push(item) === 12 && wait(300), {
      concurrency: 1,
      budgetMs: 150,
    });
    assert.deepEqual([first.checkpoint.total, first.checkpoint.states], [undefined, '12f']);
    const second = await bulk(numbers(30).values(), (item) => done.push(item), { checkpoint: first.checkpoint });
    assert.deepEqual(done, numbers(30));
    assert.deepEqual(second.checkpoint, { version: 1, total: 30, states: '30f' });
    assert.equal(second.results.length, 30);
  });
});

describe('progress', () => {
  test('it is told at the start, then at most every 200 ms, and at the end', async () => {
    const told = [];
    const start = performance.now();
    const run = await bulk(numbers(40), () => wait(50), {
      concurrency: 4,
      onProgress: (progress) => told.push({ at: performance.now() - start, ...progress }),
    });
    const [first, middle] = told;
    const last = told.at(-1);
    assert.deepEqual([first.done, first.pending, first.perSecond, first.etaMs], [0, 40, 0, undefined]);
    assert.deepEqual([last.done, last.total, last.fulfilled, last.pending, last.etaMs], [40, 40, 40, 0, 0]);
    assert.deepEqual(run.counts, Object.fromEntries(Object.keys(run.counts).map((name) => [name, last[name]])));
    assert.ok(told.length >= 4, `told ${told.length} times in ${last.at} ms`);
    const gaps = told.slice(1, -1).map(({ at }, index) => at - told[index].at);
    assert.ok(Math.min(...gaps) >= 199, String(gaps));
    const rate = (middle.done / middle.at) * 1000;
    assert.ok(Math.abs(middle.perSecond / rate - 1) < 0.1, `${middle.perSecond} a second, not ${rate}`);
    assert.ok(Math.abs(middle.etaMs - (middle.pending / middle.perSecond) * 1000) < 1);
  });

  test('it counts what earlier runs have done, but not as speed', async () => {
    const told = [];
    const checkpoint = { version: 1, total: 100, states: '90f 5r u' };
    await bulk(numbers(100), () => wait(60), {
      checkpoint,
      concurrency: 4,
      onProgress: (progress) => told.push(progress),
    });
    const { done, fulfilled, rejected, unknown, pending } = told[0];
    assert.deepEqual(
      { done, fulfilled, rejected, unknown, pending },
      { done: 96, fulfilled: 90, rejected: 5, unknown: 1, pending: 4 },
    );
    assert.ok(told.at(-1).perSecond < 4 / 0.055);
  });

  test('items that are still to be done are no speed either', async () => {
    const told = [];
    const limited = async () => {
      await wait(5);
      throw new RateLimitError('queue is full', { outcome: 'not_sent' });
    };
    await bulk(numbers(10), limited, { onProgress: (progress) => told.push(progress) });
    const { done, pending, perSecond, etaMs } = told.at(-1);
    assert.deepEqual({ done, pending, perSecond, etaMs }, { done: 0, pending: 10, perSecond: 0, etaMs: undefined });
  });

  test('without a total nobody knows when it ends', async () => {
    const told = [];
    await bulk(numbers(8).values(), () => wait(70), { concurrency: 1, onProgress: (progress) => told.push(progress) });
    assert.deepEqual([told[0].total, told[1].total, told[1].etaMs], [undefined, undefined, undefined]);
    assert.equal(told.at(-1).total, 8);
  });

  test('what it throws or rejects with breaks nothing', async () => {
    for (const onProgress of [() => assert.fail('odd'), () => Promise.reject(new Error('odd'))]) {
      const { counts } = await bulk(numbers(20), () => wait(30), { onProgress });
      assert.equal(counts.fulfilled, 20);
    }
  });
});

describe('arguments', () => {
  const wrong = [
    ['no items', [undefined, () => {}], 'items'],
    ['items that are an object', [{}, () => {}], 'items'],
    ['no function', [[]], 'fn'],
    ['options that are null', [[], () => {}, null], 'options'],
    ['an unknown option', [[], () => {}, { concurency: 2 }], 'concurency'],
    ['a concurrency of 0', [[], () => {}, { concurrency: 0 }], 'concurrency'],
    ['a concurrency of 1001', [[], () => {}, { concurrency: 1001 }], 'concurrency'],
    ['half a concurrency', [[], () => {}, { concurrency: 1.5 }], 'concurrency'],
    ['a concurrency as text', [[], () => {}, { concurrency: '2' }], 'concurrency'],
    ['a budget below 0', [[], () => {}, { budgetMs: -1 }], 'budgetMs'],
    ['a budget that is no number', [[], () => {}, { budgetMs: Number.NaN }], 'budgetMs'],
    ['a budget that no timer takes', [[], () => {}, { budgetMs: 2 ** 31 }], 'budgetMs'],
    ['a repeat that is no array', [[], () => {}, { repeat: 'unknown' }], 'repeat'],
    ['a repeat of what was done', [[], () => {}, { repeat: ['fulfilled'] }], 'repeat'],
    ['an onCheckpoint that is no function', [[], () => {}, { onCheckpoint: {} }], 'onCheckpoint'],
    ['an onProgress that is no function', [[], () => {}, { onProgress: 1 }], 'onProgress'],
    ['a signal that is none', [[], () => {}, { signal: {} }], 'signal'],
  ];

  for (const [name, args, path] of wrong) {
    test(`${name} is refused at ${path}`, async () => {
      await assert.rejects(bulk(...args), (error) => error instanceof ValidationError && error.path === path);
    });
  }
});

/** A sandbox without limits, a client without a pace, and how often each text was sent. */
async function scene(sandboxOptions = {}, clientOptions = {}) {
  const sandbox = await createSandbox({ rateLimit: false, seed: { count: 1 }, ...sandboxOptions });
  const client = new RespondIO({ apiToken: 'sandbox', fetch: sandbox.fetch, rateLimit: false, ...clientOptions });
  const sent = () => {
    const times = new Map();
    for (const { operation, acted, requestBody } of sandbox.journal()) {
      if (operation !== 'sendMessage' || !acted) continue;
      const { text } = JSON.parse(requestBody).message;
      times.set(text, (times.get(text) ?? 0) + 1);
    }
    return times;
  };
  return { sandbox, client, sent };
}

function send(client, number, signal) {
  return client.messaging.send('id:1', { channelId: 1, message: { type: 'text', text: String(number) } }, { signal });
}
