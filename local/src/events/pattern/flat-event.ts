import { LongNumber } from "./comparable-number.ts";

/** A value of an event that holds no other values; a LongNumber is a number that binary64 would change. */
export type Leaf = string | number | boolean | null | LongNumber;

/** Where a value stands among arrays: array id, index, array id, index, … in the order the arrays enclose it. */
export type ArrayPositions = readonly number[];

interface Value {
  readonly leaf: Leaf;
  readonly positions: ArrayPositions;
}

const outside: ArrayPositions = [];

/**
 * An event as event-ruler sees it: its leaves under their dotted paths. Arrays do not show in a path; the place in them
 * is kept, so that two fields of a rule do not match in two different elements of one array.
 */
export class FlatEvent {
  readonly #values = new Map<string, Value[]>();
  #arrayCount = 0;

  /** @param event the parsed event, its numbers as binary64 or LongNumber */
  constructor(event: Readonly<Record<string, unknown>>) {
    this.#addObject(event, "", outside);
  }

  values(path: string): readonly Value[] | undefined {
    return this.#values.get(path);
  }

  #addObject(object: Readonly<Record<string, unknown>>, prefix: string, positions: ArrayPositions): void {
    for (const name in object) this.#add(object[name], prefix === "" ? name : `${prefix}.${name}`, positions);
  }

  #add(value: unknown, path: string, positions: ArrayPositions): void {
    if (Array.isArray(value)) this.#addArray(value, path, positions);
    else if (isObject(value)) this.#addObject(value, path, positions);
    else this.#addLeaf(path, value as Leaf, positions);
  }

  #addArray(elements: readonly unknown[], path: string, positions: ArrayPositions): void {
    const array = this.#arrayCount++;
    for (let index = 0; index < elements.length; index++) {
      const element = elements[index];
      // Plain elements of an array are never held against each other, so they carry no place in it.
      if (Array.isArray(element)) this.#addArray(element, path, [...positions, array, index]);
      else if (isObject(element)) this.#addObject(element, path, [...positions, array, index]);
      else this.#addLeaf(path, element as Leaf, positions);
    }
  }

  #addLeaf(path: string, leaf: Leaf, positions: ArrayPositions): void {
    const values = this.#values.get(path);
    if (values) values.push({ leaf, positions });
    else this.#values.set(path, [{ leaf, positions }]);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !(value instanceof LongNumber);

/** @returns both places together, undefined where they are different elements of one array */
export function together(soFar: ArrayPositions, positions: ArrayPositions): ArrayPositions | undefined {
  if (positions.length === 0) return soFar;
  if (soFar.length === 0) return positions;
  let merged: number[] | undefined;
  for (let index = 0; index < positions.length; index += 2) {
    const array = positions[index]!;
    const element = positions[index + 1]!;
    const known = elementOf(soFar, array);
    if (known === undefined) (merged ??= [...soFar]).push(array, element);
    else if (known !== element) return undefined;
  }
  return merged ?? soFar;
}

function elementOf(positions: ArrayPositions, array: number): number | undefined {
  for (let index = 0; index < positions.length; index += 2) if (positions[index] === array) return positions[index + 1];
  return undefined;
}
