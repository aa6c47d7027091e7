import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSandbox } from 'respond-io-wasm/sandbox';
import { asker } from './ask.mjs';
import { FAULT_KINDS, faultOf } from './faults.mjs';
import { OPERATIONS } from './operations.mjs';
import { planOf, prepare } from './plan.mjs';
import { FAULT_SHARE } from './settings.mjs';
import { stateOf } from './state.mjs';
import { tally } from './tally.mjs';

const RUN = { seed: 3, operations: 2000, callers: 64 };
const CALLS = Array.from({ length: 20_000 }, (_, index) => index + 1);

function faults(seed) {
  return CALLS.flatMap((call) => faultOf(seed, call, 1 + (call % 3)) ?? []);
}

test('the same seed plans the same calls, another seed others', () => {
  assert.deepEqual(planOf(RUN), planOf(RUN));
  assert.notDeepEqual(planOf({ ...RUN, seed: 4 }), planOf(RUN));
});

test('every operation takes part, by its weight, and callers take turns', () => {
  const steps = planOf(RUN);
  assert.deepEqual(
    steps.slice(0, 20).map(({ operation }) => operation),
    Object.keys(OPERATIONS),
  );
  const counts = tally(steps.map(({ operation }) => operation));
  const messages = counts.get('sendMessage') / counts.get('getMessage');
  assert.ok(messages > 2.5 && messages < 6, `${messages} messages are sent for one that is read`);
  assert.deepEqual(new Set(tally(steps.map(({ caller }) => caller)).values()), new Set([31, 32]));
});

test('some calls are aborted, some of them before they begin', () => {
  const aborted = planOf(RUN).filter(({ abortAfterMs }) => abortAfterMs !== undefined);
  assert.ok(aborted.length > 20 && aborted.length < 70, `${aborted.length} calls are aborted`);
  assert.ok(aborted.some(({ abortAfterMs }) => abortAfterMs === 0));
  assert.ok(aborted.some(({ abortAfterMs }) => abortAfterMs > 0));
});

test('the same seed brings the same faults, another seed others', () => {
  assert.deepEqual(faults(3), faults(3));
  assert.notDeepEqual(faults(4), faults(3));
  assert.notDeepEqual(
    CALLS.map((call) => faultOf(3, call, 1)),
    CALLS.map((call) => faultOf(3, call, 2)),
  );
});

test('a fault hits three requests of ten, every kind alike', () => {
  const hits = faults(3);
  assert.ok(Math.abs(hits.length / CALLS.length - FAULT_SHARE) < 0.01, `${hits.length} requests are hit`);
  const counts = tally(hits.map(({ kind }) => kind));
  for (const kind of FAULT_KINDS) assert.ok(Math.abs(counts.get(kind) - 600) < 100, `${kind}: ${counts.get(kind)}`);
});

test('before the first call no effect is there', async () => {
  const sandbox = await createSandbox({ rateLimit: false });
  const steps = prepare(planOf(RUN), asker(sandbox));
  const effects = (state) => steps.map((step) => OPERATIONS[step.operation].effects?.(state, step) ?? null);
  assert.deepEqual(new Set(effects(stateOf(sandbox.snapshot()))), new Set([0, null]));
});

test('a snapshot of another form is refused', () => {
  assert.throws(() => stateOf({ version: 3 }), /version 3/);
});
