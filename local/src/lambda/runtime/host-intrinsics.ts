import { EventEmitter } from "node:events";
import { Duplex, PassThrough, Readable, Transform, Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { Script } from "node:vm";

type Properties = readonly (readonly [key: PropertyKey, descriptor: PropertyDescriptor])[];

interface Taken {
  readonly name: string;
  readonly object: object;
  readonly properties: Properties;
  readonly enumerable: number;
  readonly hasValues: () => boolean;
}

/** Numbers that Node sets and sets back by itself. */
const restless: ReadonlySet<PropertyKey> = new Set(["stackTraceLimit"]);

/**
 * A fingerprint of what code everywhere in the process relies on: JavaScript's own objects, and Node's classes that
 * handlers share. It is looked at before and after each run, so it is kept small.
 */
export class HostIntrinsics {
  #taken: readonly Taken[] = [];

  take(): void {
    this.#taken = roots.map(([name, object]) => {
      const properties = propertiesOf(object);
      const enumerable = keysOf(object).length;
      return { name, object, properties, enumerable, hasValues: valuesOf(object, properties) };
    });
  }

  /**
   * Puts back what is otherwise than it was.
   * @param all what does not show, too
   * @returns the names of what was changed, added or removed, for instance `Object.prototype.polluted`
   */
  restore(all: boolean): string[] {
    const changed: string[] = [];
    for (const { name, object, properties } of this.#taken) {
      const known = new Map(properties);
      for (const key of new Set([...known.keys(), ...Reflect.ownKeys(object)])) {
        const descriptor = known.get(key);
        if (descriptor && same(descriptor, Object.getOwnPropertyDescriptor(object, key))) continue;
        if (restless.has(key) || !(all || descriptor || isEnumerated(object, key))) continue;
        changed.push(`${name}.${String(key)}`);
        if (descriptor) Object.defineProperty(object, key, descriptor);
        else Reflect.deleteProperty(object, key);
      }
    }
    return changed;
  }

  /** Whether anything has another value, or a new property that a loop comes upon: takes two microseconds. */
  get shows(): boolean {
    for (const { object, enumerable, hasValues } of this.#taken) {
      if (keysOf(object).length !== enumerable || !hasValues()) return true;
    }
    return false;
  }

  /**
   * Whether anything is otherwise than it was: to find a new property that no loop comes upon takes ten times as
   * long.
   */
  get changed(): boolean {
    return this.shows || this.#taken.some(({ object, properties }) => lengthOf(object) !== properties.length);
  }
}

/** Node has some of its globals computed when they are read. */
const computed = { Buffer, Event, EventTarget, TextDecoder, TextEncoder, URL, URLSearchParams };
const ofModules = { EventEmitter, Duplex, PassThrough, Readable, Transform, Writable, StringDecoder };

/** What objects of the process lead to by their prototypes, and what everything uses. */
const language = {
  Array,
  ArrayBuffer,
  Date,
  Error,
  Function,
  JSON,
  Map,
  Math,
  Object,
  Promise,
  Reflect,
  Set,
  Uint8Array,
};

/** Classes with their prototypes, and namespaces such as `JSON`. */
const roots: readonly (readonly [string, object])[] = Object.entries({
  ...language,
  ...computed,
  ...ofModules,
}).flatMap(([name, object]) => {
  const { prototype } = object as { prototype?: unknown };
  const own = [name, object] as const;
  return typeof object === "function" && isObject(prototype) ? [own, [`${name}.prototype`, prototype] as const] : [own];
});

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function propertiesOf(object: object): Properties {
  return Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)!]);
}

/** Handlers may replace it, too. */
const { keys: keysOf } = Object;

const isEnumerated = (object: object, key: PropertyKey) =>
  typeof key === "string" && Object.prototype.propertyIsEnumerable.call(object, key);

const lengthOf = (object: object) => Reflect.ownKeys(object).length;

/** Looks whether an object's properties have the values they had. */
function valuesOf(object: object, properties: Properties): () => boolean {
  const known = properties.filter(([key, descriptor]) => "value" in descriptor && !restless.has(key));
  const keys = known.map(([key]) => key);
  const values = known.map(([, { value }]) => value as unknown);
  return comparisonOf(keys)(object, keys, values, Object.is);
}

type Comparison = (
  o: object,
  keys: readonly PropertyKey[],
  values: readonly unknown[],
  is: typeof Object.is,
) => () => boolean;

/** A function that names the properties: V8 finds those ten times as quickly as the ones that a loop tells it. */
function comparisonOf(keys: readonly PropertyKey[]): Comparison {
  const each = keys.map((key, at) => {
    const property = typeof key === "string" ? JSON.stringify(key) : `keys[${at}]`;
    return `is(o[${property}], values[${at}])`;
  });
  const source = `(o, keys, values, is) => () => ${["true", ...each].join(" && ")}`;
  return new Script(source).runInThisContext() as Comparison;
}

const same = (before: PropertyDescriptor, now: PropertyDescriptor | undefined) =>
  now !== undefined && Object.is(now.value, before.value) && now.get === before.get && now.set === before.set;
