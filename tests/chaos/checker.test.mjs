// The checker must be able to fail: runs in which something went wrong, and what it says of each.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { examine, RULES } from './checker.mjs';
import { figuresOf, table, total } from './report.mjs';

const HOME = 'home-0@contacts.example';
const TARGET = 'm2@contacts.example';

/** A run of four calls in which everything went well. */
function goodRun() {
  return {
    steps: [
      { call: 1, caller: 0, operation: 'sendMessage', marker: 'm1' },
      { call: 2, caller: 0, operation: 'updateContact', marker: 'm2' },
      { call: 3, caller: 0, operation: 'addContactTags', marker: 'm3' },
      { call: 4, caller: 0, operation: 'getContact', marker: 'm4' },
    ],
    told: [1, 2, 3, 4].map((call) => ({ call, end: 'value', attempts: 1, isDue: true })),
    evidence: {
      arrivals: [1, 2, 3, 4].map((call) => ({ call, arrival: 1, fault: null })),
      acts: [1, 2, 3, 4],
      before: snapshot([contact(HOME), contact(TARGET)], []),
      after: snapshot(
        [contact(HOME, { messages: [message('m1')], tags: [1] }), contact(TARGET, { lastName: 'm2' })],
        [{ id: 1, name: 'm3' }],
      ),
    },
  };
}

function snapshot(contacts, tags) {
  return { version: 2, contacts, tags, fields: [] };
}

function contact(email, { lastName = null, messages = [], tags = [] } = {}) {
  return { profile: { email, firstName: null, lastName }, messages, comments: [], tags };
}

function message(text) {
  return { content: { type: 'text', text } };
}

function error(call, outcome, more = {}) {
  return {
    call,
    end: 'error',
    isTyped: true,
    name: 'ServerError',
    message: 'it failed',
    attempts: 1,
    outcome,
    ...more,
  };
}

function noMessage(run) {
  run.evidence.acts = [2, 3, 4];
  run.evidence.after.contacts[0].messages = [];
}

/** The engine sends the request again, since its connection was reset. */
function resend(run, call) {
  run.evidence.arrivals[call - 1].fault = 'reset_after';
  arriveAgain(run, call);
}

function arriveAgain(run, call) {
  run.evidence.arrivals.push({ call, arrival: 2, fault: null });
  run.evidence.acts.push(call);
}

/** Each spoils the good run; what the checker must say of it, call and rule. */
const SPOILED = {
  'a message that was sent twice by the client': {
    findings: ['1 doubled', '1 not as after one'],
    spoil(run) {
      run.told[0].attempts = 2;
      arriveAgain(run, 1);
      run.evidence.after.contacts[0].messages.push(message('m1'));
    },
  },
  'a message that the client sent twice and counted once': {
    findings: ['1 uncounted request', '1 doubled', '1 not as after one'],
    spoil(run) {
      arriveAgain(run, 1);
      run.evidence.after.contacts[0].messages.push(message('m1'));
    },
  },
  'a message that one request sent twice': {
    findings: ['1 doubled', '1 not as after one'],
    spoil(run) {
      run.evidence.acts.push(1);
      run.evidence.after.contacts[0].messages.push(message('m1'));
    },
  },
  'a message of unknown outcome that was sent twice': {
    findings: ['1 doubled', '1 not as after one'],
    spoil(run) {
      run.told[0] = error(1, 'unknown', { attempts: 2 });
      arriveAgain(run, 1);
      run.evidence.after.contacts[0].messages.push(message('m1'));
    },
  },
  'an acknowledged message that is not there': { findings: ['1 lost acknowledgement'], spoil: noMessage },
  'an applied message that is not there': {
    findings: ['1 lost acknowledgement'],
    spoil(run) {
      noMessage(run);
      run.told[0] = error(1, 'applied');
    },
  },
  'an acknowledged update that the state has lost': {
    findings: ['2 lost acknowledgement', '2 journal and state differ'],
    spoil(run) {
      run.evidence.after.contacts[1].profile.lastName = null;
    },
  },
  'a rejected message that was sent': {
    findings: ['1 refused but done'],
    spoil(run) {
      run.told[0] = error(1, 'rejected');
    },
  },
  'a message that was not sent, it is said, and was': {
    findings: ['1 refused but done', '1 sent after all', '1 uncounted request'],
    spoil(run) {
      run.told[0] = error(1, 'not_sent', { attempts: 0 });
    },
  },
  'a tag that an idempotent call left twice': {
    findings: ['3 not as after one', 'stray'],
    spoil(run) {
      run.evidence.after.contacts[0].tags = [1, 1];
    },
  },
  'a call that did not end': {
    findings: ['4 hang'],
    spoil(run) {
      run.told[3] = { call: 4, end: 'hang' };
    },
  },
  'a call of which nothing was told': {
    findings: ['4 no answer'],
    spoil(run) {
      run.told.pop();
    },
  },
  'an error that is none of the package': {
    findings: ['4 untyped error'],
    spoil(run) {
      run.told[3] = error(4, 'unknown', { isTyped: false, name: 'TypeError' });
    },
  },
  'an error without an outcome': {
    findings: ['4 no outcome'],
    spoil(run) {
      run.told[3] = error(4, undefined);
    },
  },
  'a value that is not the one that is due': {
    findings: ['4 wrong value'],
    spoil(run) {
      run.told[3].isDue = false;
    },
  },
  'more tries than are permitted': {
    findings: ['4 too many tries'],
    spoil(run) {
      run.told[3].attempts = 4;
    },
  },
  'a contact that nobody asked for': {
    findings: ['stray'],
    spoil(run) {
      run.evidence.after.contacts.push(contact('nobody@contacts.example'));
    },
  },
  'an effect that the journal knows nothing of': {
    findings: ['2 journal and state differ'],
    spoil(run) {
      run.told[1] = error(2, 'unknown');
      run.evidence.acts = [1, 3, 4];
    },
  },
};

function judge({ steps, told, evidence }) {
  return examine(steps, told, evidence);
}

function named({ findings }) {
  return findings.map(({ call, rule }) => (call === undefined ? rule : `${call} ${rule}`));
}

test('of a good run the checker says nothing', () => {
  assert.deepEqual(named(judge(goodRun())), []);
});

test('writes that failed and are not there are as they should be', () => {
  for (const outcome of ['unknown', 'rejected']) {
    const run = goodRun();
    noMessage(run);
    run.told[0] = error(1, outcome);
    assert.deepEqual(named(judge(run)), [], outcome);
  }
});

test('an idempotent write may be carried out twice', () => {
  const run = goodRun();
  run.told[1].attempts = 2;
  arriveAgain(run, 2);
  assert.deepEqual(named(judge(run)), []);
});

describe('the checker finds', () => {
  for (const [name, { findings, spoil }] of Object.entries(SPOILED)) {
    test(name, () => {
      const run = goodRun();
      spoil(run);
      assert.deepEqual(named(judge(run)), findings);
    });
  }

  test('every rule is broken above', () => {
    const broken = Object.values(SPOILED).flatMap(({ findings }) => findings.map((name) => name.replace(/^\d /, '')));
    assert.deepEqual([...new Set(broken)].sort(), [...Object.keys(RULES), 'stray'].sort());
  });
});

test('what the engine resent is counted apart', () => {
  const run = goodRun();
  resend(run, 1);
  run.evidence.after.contacts[0].messages.push(message('m1'));
  const result = judge(run);
  assert.deepEqual(named(result), []);
  const figures = figuresOf({ ...result, arrivals: run.evidence.arrivals, seconds: 1 });
  assert.equal(figures['resent by the engine'], 1);
  assert.equal(figures['writes doubled by the engine'].sendMessage, 1);
  assert.equal(total(figures['writes doubled by the client']), 0);
});

test('a refusal of what the engine resent is counted apart', () => {
  const run = goodRun();
  resend(run, 2);
  run.told[1] = error(2, 'rejected');
  const result = judge(run);
  assert.deepEqual(named(result), []);
  const figures = figuresOf({ ...result, arrivals: run.evidence.arrivals, seconds: 1 });
  assert.equal(figures['refused since the engine resent'], 1);
});

test('the report counts what is in a run', () => {
  const run = goodRun();
  SPOILED['a message that was sent twice by the client'].spoil(run);
  run.told[3] = error(4, 'unknown');
  run.evidence.arrivals[3].fault = 'status_500';
  const figures = figuresOf({ ...judge(run), arrivals: run.evidence.arrivals, seconds: 1.23 });
  assert.deepEqual(
    [figures.operations, figures['requests that arrived'], figures.values, figures.retries, figures.seconds],
    [4, 5, 3, 1, 1.2],
  );
  assert.deepEqual([total(figures.faults), figures.faults.status_500], [1, 1]);
  assert.deepEqual(figures.errors, { 'ServerError, unknown': 1 });
  assert.equal(figures['writes doubled by the client'].sendMessage, 1);
  assert.deepEqual([total(figures.findings), figures.findings.doubled], [2, 1]);
  assert.match(table({ ours: figures, theirs: figures }), /^operations +4 +4$/m);
});
