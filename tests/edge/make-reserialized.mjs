// Writes reserialized.json: texts, and what `JSON.stringify(JSON.parse(text))` makes of each, or null where it is no JSON.
// The Rust verifier has to say the same. `node tests/edge/make-reserialized.mjs && npm run format` renews it.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Dice } from '../js/dice.mjs';

const NUMBERS = `0 -0 0.0 1.0 -1.50 1e3 1E+3 1e-3 100e-2 1e20 1e21 123e18 1e22 -1e21 0.1 0.000001 1e-6 0.0000001 1e-7
  1.5e-7 5e-324 3e-324 2e-324 1.7976931348623157e308 1e308 1e309 -1e400 9007199254740991 9007199254740993
  18446744073709551616 123456789012345678901 1234567890123456789012 0.30000000000000004 0.1000000000000000055
  4.35 4.349999999999999 2.2250738585072014e-308 123456.789e3 1783996922700277`.split(/\s+/);
const STRINGS = [
  String.raw`"\u0041\/\b\f\n\r\t\"\\"`,
  String.raw`"\u0000\u001f\u007f\u0080\u2028\u2029\ufeff\uffff"`,
  '"\u007f\u0080\u2028\u2029\ufeff\uffff é 李 👋"',
  String.raw`"\ud83d\udc4b \uD83D\uDC4B"`,
  String.raw`"\ud83d"`,
  String.raw`"\udc4b\ud83d"`,
  String.raw`"\uD83D\uD83D\uDC4B"`,
  String.raw`"\ud83d\u0041\ud83dx\ud83d\n"`,
  String.raw`"\udbff\udfff\ud800\udc00\uDFFF"`,
];
const DOCUMENTS = [
  '{}',
  '[]',
  ' [ 1 , "a b" ,\r\n\t{ } , [ ] , null,true , false ] ',
  '{"b":1,"a":2}',
  '{ "event_type" : "message.received", "contact" : { "tags" : [ "vip" , "new" ] } }',
  '{"b":1,"10":2,"a":3,"9":4,"01":5,"-1":6,"1.5":7,"0":8,"":9}',
  '{"4294967294":1,"4294967295":2,"4294967296":3,"1":4}',
  '{"a":1,"4294967295":2}',
  '{"a":1,"b":2,"a":{"c":3}}',
  String.raw`{"a":1,"\u0061":2,"\ud83d":3,"\uD83D":4}`,
  '{"__proto__":{"a":1},"constructor":2,"toString":3,"__proto__":4}',
  `${'['.repeat(100)}${']'.repeat(100)}`,
  '\ufeff1',
  '',
  '{',
  '{"a":1,}',
  '[1,]',
  '01',
  '1.',
  '.5',
  '+1',
  'NaN',
  "{'a':1}",
  '"\t"',
  '"\\x"',
  '"\\u12g4"',
  '1 2',
  'nul',
  'true\u00a0',
];

/** Every text and what becomes of it. */
export function reserialized() {
  const texts = [...NUMBERS, ...randomNumbers(300), ...STRINGS, ...DOCUMENTS];
  return texts.map((text) => [text, again(text)]);
}

function again(text) {
  try {
    // A byte order mark is no part of the text that a decoder gives.
    return JSON.stringify(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch {
    return null;
  }
}

/** Numbers of any bits and of common sizes in turn, some with more digits than needed. */
function randomNumbers(count) {
  const dice = new Dice(1);
  const view = new DataView(new ArrayBuffer(8));
  const numbers = [];
  while (numbers.length < count) {
    view.setUint32(0, dice.below(2 ** 32));
    view.setUint32(4, dice.below(2 ** 32));
    const number = numbers.length % 2 ? view.getFloat64(0) : dice.below(1e9) * 10 ** (dice.below(45) - 25);
    if (Number.isFinite(number)) numbers.push(number.toExponential(dice.below(21)));
  }
  return numbers;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = reserialized().map((pair) => JSON.stringify(pair));
  writeFileSync(new URL('reserialized.json', import.meta.url), `[\n  ${lines.join(',\n  ')}\n]\n`);
}
