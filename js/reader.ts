/** Where the slots of what is made lie, and the values that slots stand for. */
export type Maker = (table: Int32Array, at: number, values: readonly unknown[]) => object;

/** The value of a slot: a small integer itself, or the value of that number. */
export const slot = (value: number, values: readonly unknown[]): unknown => (value < 0 ? values[~value] : value);

/** The codes of entries beyond the lengths of short strings; see `src/engine/record.rs`. */
const TEXT = 13;
const LIST = 14;
const OBJECT = 15;

/** Objects of the same names: how many, and what makes them. */
type Shape = readonly [size: number, make: Maker];

/** Puts values together from what the engine has recorded of a document. */
export class Reader {
  readonly #known: ReadonlyMap<string, Maker>;

  /** @param makers - For objects of these names in this order; others are made name by name. */
  constructor(makers: readonly Maker[]) {
    this.#known = new Map(makers.map((make) => [JSON.stringify(Object.keys(make(new Int32Array(0), 0, []))), make]));
  }

  /** The value of the slot `root`. */
  read(json: unknown[], table: Int32Array, root: number): unknown {
    const pool = json.pop() as string;
    const values: unknown[] = [null, true, false];
    const shapes: Shape[] = [];
    const list: unknown[] = [];
    let cut = 0;
    let next = 0;
    for (let at = 0; at < table.length; ) {
      const code = table[at++] as number;
      if (code < TEXT) {
        values.push(pool.substring(cut, cut + code));
        cut += code;
      } else if (code === TEXT) {
        values.push(json[next++]);
      } else if (code === LIST) {
        const length = table[at++] as number;
        // Cut from a longer one: an array that grows by itself keeps room for 17.
        for (let i = 0; i < length; i++) list[i] = slot(table[at++] as number, values);
        values.push(list.slice(0, length));
      } else {
        let shape = shapes[code - OBJECT];
        if (!shape) {
          shape = this.#shape(json[next++] as string[]);
          shapes.push(shape);
        }
        values.push(shape[1](table, at, values));
        at += shape[0];
      }
    }
    return slot(root, values);
  }

  /** The shape of objects of these names, which come last first behind a zero at the end. */
  #shape(reversed: string[]): Shape {
    const names = reversed.reverse().slice(1);
    return [names.length, this.#known.get(JSON.stringify(names)) ?? make(names)];
  }
}

/** Makes objects of any names, as JSON.parse does: a name may be `__proto__`, an index, or there twice. */
function make(names: readonly string[]): Maker {
  const template = Object.fromEntries(names.map((name) => [name, null]));
  return (table, at, values) => {
    const object: Record<string, unknown> = { ...template };
    for (let i = 0; i < names.length; i++) object[names[i] as string] = slot(table[at + i] as number, values);
    return object;
  };
}
