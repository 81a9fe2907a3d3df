import type { AwsError } from "../../errors.ts";
import { UnknownFeature } from "../../errors.ts";
import { isObject } from "../data/json.ts";
import type { JsonObject } from "../data/json.ts";
import { invalidDefinition } from "./invalid-definition.ts";

export type Language = "JSONPath" | "JSONata";

/** The members of one object of a definition, read with checks that name the place. */
export class Fields {
  readonly #object: JsonObject;
  /** A path such as `/States/Charge/Retry[0]`. */
  readonly where: string;
  readonly #inState: string;

  /** @param inState where the object stands in its state, for instance `Choices[0]/`; empty for the state itself */
  constructor(object: unknown, where: string, inState = "") {
    if (!isObject(object)) throw invalidDefinition("Expected an object", where);
    this.#object = object;
    this.where = where;
    this.#inState = inState;
  }

  /** The state type, where the object is a state. */
  get type(): unknown {
    return this.get("Type");
  }

  get names(): string[] {
    return Object.keys(this.#object);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get(name: string): unknown {
    return Object.hasOwn(this.#object, name) ? this.#object[name] : undefined;
  }

  /** The same object with one member replaced. */
  with(name: string, value: unknown): Fields {
    return new Fields({ ...this.#object, [name]: value }, this.where, this.#inState);
  }

  at(name: string): string {
    return `${this.where}/${name}`;
  }

  /** The field's place in its state, as an EvaluationFailed event names it. */
  location(name: string): string {
    return `${this.#inState}${name}`;
  }

  invalid(message: string, name: string): AwsError {
    return invalidDefinition(message, this.at(name));
  }

  /**
   * Refuses every member but these.
   * @throws AwsError InvalidDefinition for a field that the language has elsewhere; UnknownFeature for any other
   */
  allow(names: readonly string[]): void {
    for (const name of this.names) {
      if (names.includes(name)) continue;
      if (known.has(name)) throw this.invalid(`The field '${name}' is not supported by Step Functions`, name);
      throw new UnknownFeature(`the field ${name} of a state machine definition`, this.where);
    }
  }

  text(name: string): string | undefined {
    const value = this.get(name);
    if (value !== undefined && typeof value !== "string") throw this.invalid("Expected value of type String", name);
    return value;
  }

  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw this.invalid(`The field '${name}' is required but was missing`, name);
    return value;
  }

  texts(name: string): readonly string[] {
    const value = this.get(name) ?? [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
      throw this.invalid("Expected value of type Array of Strings", name);
    }
    return value;
  }

  number(name: string, { least, most = Infinity }: { least: number; most?: number }): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (typeof value !== "number" || value < least) throw this.invalid(`Expected value of at least ${least}`, name);
    if (value > most) throw this.invalid(`Expected value of at most ${most}`, name);
    return value;
  }

  integer(name: string, bounds: { least: number; most?: number }): number | undefined {
    const value = this.number(name, bounds);
    if (value !== undefined && !Number.isInteger(value)) throw this.invalid("Expected value of type Integer", name);
    return value;
  }

  oneOf<Name extends string>(name: string, names: readonly Name[]): Name | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const found = names.find((known) => known === value);
    if (found === undefined) throw this.invalid(`Value is not valid. It must be one of ${names.join(", ")}`, name);
    return found;
  }

  object(name: string): Fields | undefined {
    return this.has(name) ? new Fields(this.get(name), this.at(name)) : undefined;
  }

  list(name: string): Fields[] {
    const value = this.get(name) ?? [];
    if (!Array.isArray(value)) throw this.invalid("Expected value of type Array", name);
    return value.map((item, index) => new Fields(item, `${this.at(name)}[${index}]`, `${name}[${index}]/`));
  }
}

/** Fields that the language has, each only in its place. */
const known: ReadonlySet<string> = new Set([
  "Arguments",
  "Assign",
  "Branches",
  "Catch",
  "Cause",
  "CausePath",
  "Choices",
  "Default",
  "End",
  "Error",
  "ErrorPath",
  "HeartbeatSeconds",
  "HeartbeatSecondsPath",
  "InputPath",
  "ItemProcessor",
  "ItemSelector",
  "Items",
  "ItemsPath",
  "Iterator",
  "MaxConcurrency",
  "MaxConcurrencyPath",
  "Next",
  "Output",
  "OutputPath",
  "Parameters",
  "Resource",
  "Result",
  "ResultPath",
  "ResultSelector",
  "Retry",
  "Seconds",
  "SecondsPath",
  "TimeoutSeconds",
  "TimeoutSecondsPath",
  "Timestamp",
  "TimestampPath",
]);
