/** What slots stand for; see `src/engine/record.rs`. */
type Values = readonly unknown[];

/** Makes an object from the slots that begin at `at`. */
export type Maker = (
  table: Int32Array,
  at: number,
  texts: Values,
  shorts: Values,
  made: Values,
  wide: Values,
) => object;

/** Objects of the same names: how many these are, and what makes them. */
interface Shape {
  readonly size: number;
  readonly make: Maker;
}

/** The value of a slot. */
export function slot(value: number, texts: Values, shorts: Values, made: Values, wide: Values): unknown {
  if (value >= 0) return value;
  const of = ~value & 3;
  const index = ~value >> 2;
  if (of === 1) return shorts[index];
  if (of === 0) return texts[index];
  return (of === 2 ? made : wide)[index];
}

/** How many shapes are remembered from one document to the next, and how much each of them may weigh. */
const MAX_SHAPES = 100;
const MAX_KEY = 5000;

/** Puts values together from what the engine has recorded of a document. */
export class Reader {
  readonly #makers: ReadonlyMap<string, Maker>;
  readonly #shapes = new Map<string, Shape>();

  /** @param makers - For objects that begin with these names in this order; the rest is made name by name. */
  constructor(makers: readonly Maker[]) {
    this.#makers = new Map(
      makers.map((make) => [keyOf(Object.keys(make(new Int32Array(0), 0, [], [], [], []))), make]),
    );
  }

  /** The value of the slot `root`. */
  read(texts: Values, wide: Values, shorts: Values, table: Int32Array, root: number): unknown {
    const shapes: Shape[] = [];
    // A stack: what was made and is not yet held by anything.
    const made: unknown[] = [];
    let top = 0;
    for (let at = 0; at < table.length; ) {
      const code = table[at++] as number;
      if (code) {
        shapes[code] ??= this.#shape(wide[table[at++] as number] as string[]);
        const shape = shapes[code] as Shape;
        top -= table[at++] as number;
        made[top++] = shape.make(table, at, texts, shorts, made, wide);
        at += shape.size;
      } else {
        const held = table[at++] as number;
        const length = table[at++] as number;
        top -= held;
        if (held !== length) {
          // As long as it is to be: an array that grows by itself keeps room for 17.
          const list = new Array(length);
          for (let i = 0; i < length; i++) list[i] = slot(table[at++] as number, texts, shorts, made, wide);
          made[top++] = list;
        } else {
          made[top] = made.slice(top, top + length);
          top += 1;
        }
      }
    }
    return slot(root, texts, shorts, made, wide);
  }

  /** The shape of objects of these names, which come last first behind a zero at the end. */
  #shape(reversed: readonly string[]): Shape {
    const key = keyOf(reversed);
    const shape = this.#shapes.get(key) ?? this.#learn([...reversed].reverse().slice(1));
    if (this.#shapes.size === MAX_SHAPES) this.#shapes.clear();
    if (key.length < MAX_KEY) this.#shapes.set(key, shape);
    return shape;
  }

  #learn(names: readonly string[]): Shape {
    let begun = names.includes('__proto__') ? 0 : names.length;
    while (begun && !this.#makers.has(keyOf(names.slice(0, begun)))) begun -= 1;
    const begin = this.#makers.get(keyOf(names.slice(0, begun))) ?? templated(names);
    return { size: names.length, make: begun < names.length ? ending(begin, names, begun) : begin };
  }
}

/** A text that only these names have. */
const keyOf = (names: readonly string[]): string => JSON.stringify(names);

/** Makes objects that have all of these names from the start, as JSON.parse does even where one is `__proto__`. */
function templated(names: readonly string[]): Maker {
  const template = Object.fromEntries(names.map((name) => [name, null]));
  return () => ({ ...template });
}

/** Makes what `begin` does and sets the names from `begun` on. */
function ending(begin: Maker, names: readonly string[], begun: number): Maker {
  return (table, at, texts, shorts, made, wide) => {
    const object = begin(table, at, texts, shorts, made, wide) as Record<string, unknown>;
    for (let i = begun; i < names.length; i++) {
      object[names[i] as string] = slot(table[at + i] as number, texts, shorts, made, wide);
    }
    return object;
  };
}
