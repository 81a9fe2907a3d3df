import type { Model, Shape } from "./model.ts";

/** Whether a value fits its shape as it stands; nothing is made for one that does, so that it costs next to nothing. */
export type Fits = (value: unknown) => boolean;

/** Recursive shapes are left to their service, which bounds their depth. */
export const isLeftToService = (name: string): boolean => name === "AttributeValue";

/** What of AWS's model is looked at. */
export interface Looking {
  readonly model: Model;
  /** Whether only the JSON types are looked at, and not what is required, enumerated or bounded. */
  readonly typesOnly: boolean;
  /** Whether the cloud carries out the member at a path such as `Entries.Source`. */
  readonly takes: (path: string) => boolean;
}

/** Compiles the shape of an input. */
export function compileFits(looking: Looking, name: string, path = ""): Fits {
  if (isLeftToService(name)) return () => true;
  const shape = looking.model.shapes[name]!;
  const isTyped = typed(looking, shape, path);
  if (looking.typesOnly) return isTyped;
  const { enum: values, pattern, min = -Infinity, max = Infinity, part } = shape;
  const isPattern = pattern === undefined ? undefined : patternOf(pattern);
  if (!values && !isPattern && min === -Infinity && max === Infinity) return isTyped;
  return (given) => {
    if (!isTyped(given)) return false;
    const value = part ? part(given) : given;
    const size = sizeOf(value);
    return (
      size >= min &&
      size <= max &&
      (!values || values.includes(value as string)) &&
      (!isPattern || isPattern(value as string))
    );
  };
}

/** Of a number its value, of anything else how long it is. */
export function sizeOf(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

const patterns = new Map<string, RegExp>();

/** AWS's patterns are of the whole value. */
export function patternOf(pattern: string): (value: string) => boolean {
  let compiled = patterns.get(pattern);
  if (!compiled)
    patterns.set(pattern, (compiled = new RegExp(`^(?:${pattern})$`, pattern.includes("\\p{") ? "u" : "")));
  return (value) => compiled.test(value);
}

function typed(looking: Looking, shape: Shape, path: string): Fits {
  if (shape.type === "structure") return structure(looking, shape, path);
  if (shape.type === "list") {
    const fits = compileFits(looking, shape.member!, path);
    return (value) => Array.isArray(value) && value.every((member) => fits(member));
  }
  if (shape.type === "map") {
    const fitsKey = compileFits(looking, shape.key!, path);
    const fits = compileFits(looking, shape.value!, path);
    return (value) => isObject(value) && Object.keys(value).every((key) => fitsKey(key) && fits(value[key]));
  }
  const { type } = shape;
  return (value) => hasType(type, value);
}

/** Whether a value has the JSON type of a shape; what is in it is not looked at. */
export function hasType(type: Shape["type"], value: unknown): boolean {
  switch (type) {
    case "structure":
    case "map":
      return isObject(value);
    case "list":
      return Array.isArray(value);
    case "timestamp":
      return typeof value === "number" && Math.abs(value) <= maximumTimestamp;
    case "boolean":
      return typeof value === "boolean";
    case "integer":
    case "long":
      return Number.isInteger(value);
    case "double":
    case "float":
      return Number.isFinite(value);
    case "blob":
    case "string":
      return typeof value === "string";
  }
}

/** Seconds since 1970 of the latest date there is. */
const maximumTimestamp = 8.64e12;

function structure(looking: Looking, { members = {}, required = [] }: Shape, path: string): Fits {
  const { takes, typesOnly } = looking;
  const byName = new Map<string, Fits>();
  for (const [name, shape] of Object.entries(members)) {
    const at = memberPath(path, name);
    if (takes(at)) byName.set(name, compileFits(looking, shape, at));
  }
  return (value) => {
    if (!isObject(value)) return false;
    for (const name in value) {
      const member = value[name];
      if (member === undefined) continue;
      const fits = byName.get(name);
      if (!fits || !fits(member)) return false;
    }
    return typesOnly || required.every((name) => value[name] !== undefined);
  };
}

/** The path of a member as `takes` has it: without the positions of lists. */
export const memberPath = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
