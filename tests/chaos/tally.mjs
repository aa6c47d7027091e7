/**
 * Counts.
 *
 * @template T
 * @param {Iterable<T>} values - What is counted.
 * @returns {Map<T, number>} How often each value is there, in the order in which they first come.
 */
export function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/**
 * Groups.
 *
 * @template T, K
 * @param {Iterable<T>} values - What is grouped.
 * @param {(value: T) => K} keyOf - Which group a value belongs to.
 * @returns {Map<K, T[]>} The groups, each in the order of its values.
 */
export function groupBy(values, keyOf) {
  const groups = new Map();
  for (const value of values) {
    const key = keyOf(value);
    if (groups.has(key)) groups.get(key).push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
