// The few assertions of the demo. It runs in browsers too, where there is no node:assert.

/** Fails unless `condition` holds; `seen` is what the error shows. */
export function expect(condition, seen) {
  if (!condition) throw new Error(`unexpected: ${JSON.stringify(seen)}`);
}

/** Fails unless the two values are the same JSON. */
export function expectEqual(seen, expected) {
  const [left, right] = [JSON.stringify(seen), JSON.stringify(expected)];
  if (left !== right) throw new Error(`unexpected: ${left}, not ${right}`);
}

/** Fails unless the promise rejects with an error of this class. */
export async function expectRejected(promise, Class) {
  const error = await promise.then(
    () => undefined,
    (error) => error,
  );
  if (!(error instanceof Class)) throw new Error(`unexpected: ${error ?? 'no error'}, not a ${Class.name}`);
}
