// Pages that are too much for one of the bounds of what the engine records.

/** A page of so many items, each as `make` says of its number. */
export const many = (count, make) => `{"items":[${Array.from({ length: count }, (_, n) => make(n))}]}`;

/** The pages, by what there is too much of. */
export const CROWDS = {
  'more different short strings than are remembered': many(3000, (n) => `{"firstName":"n${n}","tags":["${n % 700}"]}`),
  'more sequences of names than are learned': many(2000, (n) => `{"id":${n},"x${n}":"${n}","lastName":"y"}`),
  'an object of more names than are learned': `{"items":[{${Array.from({ length: 1500 }, (_, n) => `"x${n}":${n}`)}}]}`,
  'a table larger than the document': many(3000, () => '{}'),
  'slots that meet the entries': `{"items":[{"tags":[${'"",'.repeat(3000)}""]}]}`,
  'the same short string, and one that differs in its last letter': many(
    500,
    (n) => `{"firstName":"abcdefghijk${n % 10}"}`,
  ),
  'strings of every length': many(
    600,
    (n) => `{"firstName":"${'x'.repeat(n % 40)}","lastName":"${'é'.repeat(n % 9)}"}`,
  ),
  'names of every length': many(300, (n) => `{"${'k'.repeat(n % 30)}":1,"id":2,"${'k'.repeat(n % 30)}":3}`),
  'small integers and their neighbours': many(
    40,
    (n) => `{"id":${n},"created":${2 ** 31 - 20 + n}},{"id":-${n},"created":0}`,
  ),
  'pretty-printed': JSON.stringify(
    JSON.parse(many(50, (n) => `{"id":${n},"tags":["a","b"],"assignee":null}`)),
    null,
    2,
  ),
};
