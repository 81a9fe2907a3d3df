import { EventEmitter } from "node:events";
import { Duplex, PassThrough, Readable, Transform, Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

type Properties = readonly (readonly [key: PropertyKey, descriptor: PropertyDescriptor])[];

/** Numbers that Node sets and sets back by itself. */
const restless: ReadonlySet<PropertyKey> = new Set(["stackTraceLimit"]);

/**
 * A fingerprint of what code everywhere in the process relies on: JavaScript's own objects, and Node's classes that
 * handlers share. It is looked at before and after each run, so it is kept small.
 */
export class HostIntrinsics {
  #taken: readonly (readonly [name: string, object: object, properties: Properties])[] = [];

  take(): void {
    this.#taken = roots.map(([name, object]) => [name, object, propertiesOf(object)]);
  }

  /**
   * Puts back what is otherwise than it was.
   * @returns the names of what was changed, added or removed, for instance `Object.prototype.polluted`
   */
  restore(): string[] {
    const changed: string[] = [];
    for (const [name, object, properties] of this.#taken) {
      if (!differs(object, properties)) continue;
      const known = new Map(properties);
      for (const key of new Set([...known.keys(), ...Reflect.ownKeys(object)])) {
        const descriptor = known.get(key);
        if (descriptor && same(descriptor, Object.getOwnPropertyDescriptor(object, key))) continue;
        if (restless.has(key)) continue;
        changed.push(`${name}.${String(key)}`);
        if (descriptor) Object.defineProperty(object, key, descriptor);
        else Reflect.deleteProperty(object, key);
      }
    }
    return changed;
  }

  /** Whether anything is otherwise than it was. */
  get changed(): boolean {
    return this.#taken.some(([, object, properties]) => differs(object, properties));
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

/** Compares without a descriptor for each property, which would take ten times as long. */
function differs(object: object, properties: Properties): boolean {
  if (Reflect.ownKeys(object).length !== properties.length) return true;
  for (const [key, before] of properties) {
    if (
      "value" in before &&
      !Object.is((object as Record<PropertyKey, unknown>)[key], before.value) &&
      !restless.has(key)
    )
      return true;
  }
  return false;
}

const same = (before: PropertyDescriptor, now: PropertyDescriptor | undefined) =>
  now !== undefined && Object.is(now.value, before.value) && now.get === before.get && now.set === before.set;
