import { fail } from '../option.js';
import { type State, States } from './states.js';

/**
 * Where a run has come to, as plain JSON: a few dozen bytes as a rule, even for thousands of items.
 *
 * It knows the items by their places alone, so it belongs to one list in one order.
 */
export interface BulkCheckpoint {
  /** The form of the checkpoint. */
  readonly version: 1;
  /** How many items there are, once that is known. */
  readonly total?: number | undefined;
  /**
   * What is known of the items, in their order, as `120f r 8s`: how many neighbours share a state, and the state's first
   * letter. They are `fulfilled`, `applied`, `rejected`, `unknown`, `started` and `pending`; what follows is pending.
   */
  readonly states: string;
}

const VERSION = 1;
const FIELDS = ['version', 'total', 'states'];
const STATES: readonly State[] = ['fulfilled', 'applied', 'rejected', 'unknown', 'started', 'pending'];

/** The checkpoint of some states. */
export function writeCheckpoint(states: States, total: number | undefined): BulkCheckpoint {
  const words = [...states.counted()].map(([state, count]) => (count > 1 ? count : '') + state.charAt(0));
  return { version: VERSION, ...(total === undefined ? {} : { total }), states: words.join(' ') };
}

/**
 * The states of a checkpoint. An item that had started has an end that nobody knows.
 *
 * @throws `ValidationError` where it is no checkpoint; `path` says what is wrong.
 */
export function readCheckpoint(checkpoint: BulkCheckpoint): States {
  if (typeof checkpoint !== 'object' || Array.isArray(checkpoint)) return fail('checkpoint', 'must be an object');
  if (checkpoint.version !== VERSION) fail('checkpoint.version', `must be ${VERSION}`);
  const unknown = Object.keys(checkpoint).find((name) => !FIELDS.includes(name));
  if (unknown) fail(`checkpoint.${unknown}`, `is not a known field; known are ${FIELDS.join(', ')}`);
  const { total } = checkpoint;
  if (total !== undefined && !(Number.isSafeInteger(total) && total >= 0)) {
    fail('checkpoint.total', 'must be an integer of at least 0');
  }
  const states = readStates(checkpoint.states);
  if (states.length > (total ?? Infinity)) fail('checkpoint.states', `tells of more than ${total} items`);
  return states;
}

function readStates(text: unknown): States {
  if (typeof text !== 'string') return fail('checkpoint.states', 'must be a string');
  const states = new States();
  let length = 0;
  for (const word of text ? text.split(' ') : []) {
    const [, count = '1', letter] = /^([1-9]\d*)?([a-z])$/.exec(word) ?? [];
    const state = STATES.find((name) => name.charAt(0) === letter);
    length += Number(count);
    if (!state || length > Number.MAX_SAFE_INTEGER) {
      return fail(
        'checkpoint.states',
        `has ${JSON.stringify(word.slice(0, 20))} where a count and a state are expected`,
      );
    }
    states.append(state === 'started' ? 'unknown' : state, Number(count));
  }
  return states;
}
