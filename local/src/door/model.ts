import { readFileSync } from "node:fs";

/** A shape of AWS's published models; other shapes are named. */
export interface Shape {
  readonly type:
    | "blob"
    | "boolean"
    | "double"
    | "float"
    | "integer"
    | "list"
    | "long"
    | "map"
    | "string"
    | "structure"
    | "timestamp";
  /** Of a structure, with their shapes. */
  readonly members?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Of a list. */
  readonly member?: string;
  /** Of a map. */
  readonly key?: string;
  readonly value?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  /** Of a number its value, of anything else its length. */
  readonly min?: number;
  readonly max?: number;
  /** The part of a value that the rest speaks of: of an ARN the name in it, for instance. Only in corrections. */
  readonly part?: (value: unknown) => unknown;
}

/** What AWS publishes of the inputs of a service's operations. */
export interface Model {
  readonly source: string;
  readonly license: string;
  /** The shape of each operation's input. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const models = new Map<string, Model>();

/** The model of a service, as bin/extract-shapes.ts took it from botocore. */
export function modelOf(service: string): Model {
  const known = models.get(service);
  if (known) return known;
  const model = JSON.parse(readFileSync(new URL(`./models/${service}.json`, import.meta.url), "utf8")) as Model;
  models.set(service, model);
  return model;
}

/** A model in which some shapes are otherwise than published. */
export function corrected(model: Model, corrections: Readonly<Record<string, Partial<Shape>>>): Model {
  const shapes = Object.entries(corrections).map(([name, correction]): [string, Shape] => [
    name,
    { ...model.shapes[name]!, ...correction },
  ]);
  return shapes.length === 0 ? model : { ...model, shapes: { ...model.shapes, ...Object.fromEntries(shapes) } };
}
