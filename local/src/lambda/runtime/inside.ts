/** What a realm's own code is given by the cloud. */
export interface Outside {
  readonly nowMs: () => number;
  /** At least 0 and less than 1. */
  readonly random: () => number;
  /** Tells a value of any realm by the name of its class, for instance that a `Buffer` is a `Uint8Array`. */
  readonly is: Readonly<Record<string, (value: unknown) => boolean>>;
  readonly refuse: (feature: string) => never;
}

/** What the cloud keeps of a realm, to make things that belong to it. */
export interface Inside {
  /** As `JSON.parse` does in the realm, whatever the realm's code has made of it. */
  parse(text: string): unknown;
  /** As `JSON.stringify` does in the realm. */
  stringify(value: unknown): unknown;
  /** An ordinary object with these members. */
  object<Members extends object>(members: Members): Members;
}

/**
 * Puts virtual time and repeatable chance into a realm, and lets `instanceof` know what comes from outside of it.
 *
 * Its text is evaluated in the realm, so that what it makes belongs there: it uses its argument and the realm's own
 * globals, and nothing of this module.
 */
export function furnish({ nowMs, random, is, refuse }: Outside): Inside {
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- the text of this function is all that the realm has
  const define = (target: object, name: PropertyKey, value: unknown) =>
    Object.defineProperty(target, name, { value, configurable: true, writable: true });

  const OwnDate = Date;
  const VirtualDate = function (...args: unknown[]): unknown {
    if (!new.target) return new OwnDate(nowMs()).toString();
    return Reflect.construct(OwnDate, args.length === 0 ? [nowMs()] : args, new.target);
  };
  Object.defineProperties(VirtualDate, {
    ...Object.getOwnPropertyDescriptors(OwnDate),
    now: { value: { now: () => Math.floor(nowMs()) }.now, configurable: true, writable: true },
  });
  define(OwnDate.prototype, "constructor", VirtualDate);
  define(globalThis, "Date", VirtualDate);

  define(Math, "random", { random: () => random() }.random);

  // Both take the present where they are given no date.
  const format = Intl.DateTimeFormat.prototype;
  const original = Object.getOwnPropertyDescriptors(format);
  Object.defineProperty(format, "format", {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const formatOne = original.format.get!.call(this) as (date: unknown) => string;
      return (date: unknown = nowMs()) => formatOne(date);
    },
  });
  define(format, "formatToParts", function (this: Intl.DateTimeFormat, date: Date | number = nowMs()) {
    return original.formatToParts.value!.call(this, date);
  });

  // These wait for what the virtual clock does not see.
  for (const name of ["compile", "instantiate", "compileStreaming", "instantiateStreaming"]) {
    define(Reflect.get(globalThis, "WebAssembly") as object, name, () => refuse(`WebAssembly.${name}`));
  }
  for (const name of ["wait", "waitAsync"]) define(Atomics, name, () => refuse(`Atomics.${name}`));

  const ordinary = Function.prototype[Symbol.hasInstance];
  for (const name of Object.keys(is)) {
    const constructor = (globalThis as unknown as Record<string, object>)[name]!;
    define(constructor, Symbol.hasInstance, function (this: unknown, value: unknown) {
      return ordinary.call(this as () => void, value) || (this === constructor && is[name]!(value));
    });
  }

  define(globalThis, "global", globalThis);
  return {
    parse: (text) => JSON.parse(text) as unknown,
    stringify: (value) => JSON.stringify(value),
    object: (members) => Object.assign({}, members),
  };
}
