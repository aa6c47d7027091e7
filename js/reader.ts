import { textAt } from './output.js';

/**
 * What slots stand for, by what their index is of, see `src/engine/record.rs`: long texts, short ones, what was made, and
 * the rest. With a look into a list of lists a page is put together in an eighth less time than by asking which one it is.
 */
export type Values = readonly (readonly unknown[])[];

/** Makes an object from the slots that begin at `at`. */
type Make = (table: Int32Array, at: number, values: Values) => object;

/** Makes objects that begin with these names in this order. */
export interface Maker {
  readonly names: readonly string[];
  readonly make: Make;
}

/** Objects of the same names: how many these are, and what makes them. */
interface Shape {
  readonly size: number;
  readonly make: Make;
}

/** The value of a slot. */
export function slot(value: number, values: Values): unknown {
  return value < 0 ? (values[~value & 3] as readonly unknown[])[~value >> 2] : value;
}

/** How many shapes are remembered from one document to the next, and how much each of them may weigh. */
const MAX_SHAPES = 100;
const MAX_KEY = 5000;

/** Puts values together from what the engine has recorded of a document. */
export class Reader {
  readonly #makers: readonly Maker[];
  readonly #shapes = new Map<string, Shape>();

  /** @param makers - The first one whose names an object begins with makes it; without one it is made name by name. */
  constructor(makers: readonly Maker[]) {
    this.#makers = makers;
  }

  /** The value that the engine has left the record of, `undefined` where it left none; it throws where it is no UTF-8. */
  read(words: Uint32Array): unknown {
    const table = new Int32Array(words.buffer, words[10], words[11]);
    if (!table.length) return;
    const [texts, wide] = [JSON.parse(textAt(words, 2)), JSON.parse(`[null,true,false,${textAt(words, 3)}0]`)];
    return this.#build(texts, textAt(words, 4).split('"'), wide, table, (words[12] as number) | 0);
  }

  /** The value of the slot `root`. */
  #build(
    texts: readonly unknown[],
    shorts: readonly unknown[],
    wide: readonly unknown[],
    table: Int32Array,
    root: number,
  ): unknown {
    const shapes: Shape[] = [];
    // A stack: what was made and is not yet held by anything.
    const made: unknown[] = [];
    const values = [texts, shorts, made, wide];
    let top = 0;
    for (let at = 0; at < table.length; ) {
      const code = table[at++] as number;
      if (code) {
        shapes[code] ??= this.#shape(wide[table[at++] as number] as string[]);
        const shape = shapes[code] as Shape;
        top -= table[at++] as number;
        made[top++] = shape.make(table, at, values);
        at += shape.size;
      } else {
        const held = table[at++] as number;
        const length = table[at++] as number;
        top -= held;
        if (held !== length) {
          // As long as it is to be: an array that grows by itself keeps room for 17.
          const list = new Array(length);
          for (let i = 0; i < length; i++) list[i] = slot(table[at++] as number, values);
          made[top++] = list;
        } else {
          made[top] = made.slice(top, top + length);
          top += 1;
        }
      }
    }
    return slot(root, values);
  }

  /** The shape of objects of these names, which come last first behind a zero at the end. */
  #shape(reversed: readonly string[]): Shape {
    // A text that only these names have.
    const key = JSON.stringify(reversed);
    const shape = this.#shapes.get(key) ?? this.#learn([...reversed].reverse().slice(1));
    if (this.#shapes.size === MAX_SHAPES) this.#shapes.clear();
    if (key.length < MAX_KEY) this.#shapes.set(key, shape);
    return shape;
  }

  #learn(names: readonly string[]): Shape {
    const hasAll = (maker: Maker) => maker.names.every((name, i) => name === names[i]);
    const maker = names.includes('__proto__') ? undefined : this.#makers.find(hasAll);
    return { size: names.length, make: ending(maker?.make ?? templated(names), names, maker?.names.length ?? 0) };
  }
}

/** Makes objects that have all of these names from the start, as JSON.parse does even where one is `__proto__`. */
function templated(names: readonly string[]): Make {
  const template = Object.fromEntries(names.map((name) => [name, null]));
  return () => ({ ...template });
}

/** Makes what `begin` does and sets the names from `begun` on. */
function ending(begin: Make, names: readonly string[], begun: number): Make {
  if (begun === names.length) return begin;
  return (table, at, values) => {
    const object = begin(table, at, values) as Record<string, unknown>;
    for (let i = begun; i < names.length; i++) {
      object[names[i] as string] = slot(table[at + i] as number, values);
    }
    return object;
  };
}
