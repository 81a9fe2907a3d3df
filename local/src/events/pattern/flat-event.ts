import { LongNumber } from "./comparable-number.ts";

/** A value of an event that holds no other values; a LongNumber is a number that binary64 would change. */
export type Leaf = string | number | boolean | null | LongNumber;

/** Where a value stands among arrays: array id, index, array id, index, … in the order the arrays enclose it. */
export type ArrayPlace = readonly number[];

interface Value {
  readonly leaf: Leaf;
  readonly place: ArrayPlace;
}

const outside: ArrayPlace = [];

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

  #addObject(object: Readonly<Record<string, unknown>>, prefix: string, place: ArrayPlace): void {
    for (const name in object) this.#add(object[name], prefix === "" ? name : `${prefix}.${name}`, place);
  }

  #add(value: unknown, path: string, place: ArrayPlace): void {
    if (Array.isArray(value)) this.#addArray(value, path, place);
    else if (isObject(value)) this.#addObject(value, path, place);
    else this.#addLeaf(path, value as Leaf, place);
  }

  #addArray(elements: readonly unknown[], path: string, place: ArrayPlace): void {
    const array = this.#arrayCount++;
    for (let index = 0; index < elements.length; index++) {
      const element = elements[index];
      // Plain elements of an array are never held against each other, so they carry no place in it.
      if (Array.isArray(element)) this.#addArray(element, path, [...place, array, index]);
      else if (isObject(element)) this.#addObject(element, path, [...place, array, index]);
      else this.#addLeaf(path, element as Leaf, place);
    }
  }

  #addLeaf(path: string, leaf: Leaf, place: ArrayPlace): void {
    const values = this.#values.get(path);
    if (values) values.push({ leaf, place });
    else this.#values.set(path, [{ leaf, place }]);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !(value instanceof LongNumber);

/** @returns both places together, undefined where they are different elements of one array */
export function together(soFar: ArrayPlace, place: ArrayPlace): ArrayPlace | undefined {
  if (place.length === 0) return soFar;
  if (soFar.length === 0) return place;
  let merged: number[] | undefined;
  for (let index = 0; index < place.length; index += 2) {
    const array = place[index]!;
    const element = place[index + 1]!;
    const known = elementOf(soFar, array);
    if (known === undefined) (merged ??= [...soFar]).push(array, element);
    else if (known !== element) return undefined;
  }
  return merged ?? soFar;
}

function elementOf(place: ArrayPlace, array: number): number | undefined {
  for (let index = 0; index < place.length; index += 2) if (place[index] === array) return place[index + 1];
  return undefined;
}
