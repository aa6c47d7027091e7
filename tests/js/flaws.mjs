// What can be wrong with a body.

const MIB = 2 ** 20;
/** A text as UTF-8. */
export const bytes = (text) => new TextEncoder().encode(text);
/** The bytes with `piece` in the place of `[at, end)`. */
const spliced = (whole, at, end, piece) => Buffer.concat([whole.subarray(0, at), piece, whole.subarray(end)]);
const inserted = (dice, whole, piece) => {
  const at = dice.below(whole.length + 1);
  return spliced(whole, at, at, Buffer.from(piece));
};
/** The text with one of its matches replaced. */
const replaced = (dice, whole, pattern, replacement) => {
  const text = Buffer.from(whole).toString();
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return whole;
  const { index, 0: match } = dice.pick(found);
  return bytes(text.slice(0, index) + replacement(match) + text.slice(index + match.length));
};
const nested = (depth, open, close, inner = '1') => open.repeat(depth) + inner + close.repeat(depth);
const POISON = ['__proto__', 'constructor', 'prototype', '\\u005f_proto__'];
const HTML = '<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>';
/** More unknown names than any sane document has; the engine keeps something of each. */
export const CROWD = bytes(
  `{"items":[{${'"\\u0061bcdef":0,'.repeat(2 * MIB).slice(0, 2 * MIB - ((2 * MIB) % 15) - 1)}}]}`,
);
/** What is nested as deeply as 2 MiB are. */
export const DEEP = bytes(nested(MIB, '[', ']', ''));

/** What can be wrong with a body, and how a whole one comes to be so. @type {Record<string, (dice: import('./dice.mjs').Dice, whole: Uint8Array) => Uint8Array>} */
export const FLAWS = {
  truncated: (dice, whole) => whole.subarray(0, dice.below(whole.length)),
  'a bit flipped': (dice, whole) => {
    const at = dice.below(whole.length);
    return spliced(whole, at, at + 1, Uint8Array.of(whole[at] ^ (1 << dice.below(8))));
  },
  'bytes overwritten': (dice, whole) => {
    const at = dice.below(whole.length);
    return spliced(
      whole,
      at,
      at + 3,
      Uint8Array.from({ length: 3 }, () => dice.below(256)),
    );
  },
  'a piece left out': (dice, whole) => {
    const at = dice.below(whole.length);
    return spliced(whole, at, at + 1 + dice.below(20), new Uint8Array());
  },
  'a piece said twice': (dice, whole) => {
    const at = dice.below(whole.length);
    return inserted(dice, whole, whole.subarray(at, at + dice.below(30)));
  },
  'no UTF-8': (dice, whole) =>
    inserted(
      dice,
      whole,
      dice.pick([[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]]),
    ),
  'nested deeply': (dice, whole) => {
    const depth = dice.pick([99, 100, 101, 102, 1000]);
    const deep = dice.pick([nested(depth, '[', ']'), nested(depth, '{"a":', '}')]);
    return dice.oneIn(3) ? bytes(deep) : replaced(dice, whole, /(?<=:)(?:null|true|false|-?\d+(?=[,}]))/g, () => deep);
  },
  'a huge number': (dice, whole) => {
    const huge = dice.pick([
      '9007199254740993',
      '-9007199254740992',
      '1e400',
      '9'.repeat(5000),
      `1e${'9'.repeat(400)}`,
      `0.${'0'.repeat(999)}1`,
    ]);
    return replaced(dice, whole, /(?<=[:[,])-?\d+(?=[,}\]])/g, () => huge);
  },
  'no number': (dice, whole) =>
    replaced(dice, whole, /(?<=:)-?\d+(?=[,}])/g, () =>
      dice.pick(['NaN', 'Infinity', '01', '+1', '.5', '1.', '1e', '0x10', '--1', '1_000']),
    ),
  'a name twice': (dice, whole) =>
    replaced(dice, whole, /"\w+":(?:null|true|-?\d+|"\w*")(?=[,}])/g, (member) => `${member},${member}`),
  'another kind': (dice, whole) =>
    replaced(dice, whole, /(?<=:)(?:null|true|false|-?\d+|"\w*")(?=[,}])/g, () =>
      dice.pick(['[]', '{}', '"x"', '1.5', 'true', '[[{}]]']),
    ),
  'another root': (dice) => bytes(dice.pick(['null', 'true', '0', '""', '[]', '{}', '[null]', '"{}"'])),
  'a poisonous name': (dice, whole) =>
    replaced(
      dice,
      whole,
      /\{/g,
      () => `{"${dice.pick(POISON)}":${dice.pick(['null', '{"polluted":1}', '[{"__proto__":1}]'])},`,
    ),
  'not JSON but JavaScript': (dice, whole) =>
    replaced(dice, whole, /"/g, () => dice.pick(["'", '`', '', '//', '/**/"', '\\"', '\n"', '\u2028"'])),
  'a control character': (dice, whole) => inserted(dice, whole, [dice.below(32)]),
  'half a surrogate pair': (dice, whole) =>
    replaced(dice, whole, /(?<=")(?=\w*")/g, () => dice.pick(['\\ud800', '\\udfff\\ud800', '\\ud83d'])),
  'something after it': (dice, whole) =>
    spliced(whole, whole.length, whole.length, Buffer.from(dice.pick(['}', ',', '\0', 'x', '{}', '\n']))),
  'a byte order mark': (dice, whole) => {
    const mark = [0xef, 0xbb, 0xbf];
    const before = dice.pick([mark, [...mark, ...mark], [0xff, 0xfe], [0xfe, 0xff]]);
    return dice.oneIn(3) ? inserted(dice, whole, mark) : spliced(whole, 0, 0, Uint8Array.from(before));
  },
  UTF16: (_, whole) => Buffer.from(Buffer.from(whole).toString(), 'utf16le'),
  empty: (dice) => bytes(dice.pick(['', ' ', '\n\n', '\u00a0'])),
  HTML: () => bytes(HTML),
  noise: (dice) => Uint8Array.from({ length: 1 + dice.below(200) }, () => dice.below(256)),
};
