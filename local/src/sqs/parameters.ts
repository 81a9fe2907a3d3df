import { AwsError, UnknownFeature } from "../errors.ts";

export type Input = Readonly<Record<string, unknown>>;

/** @throws UnknownFeature for the first parameter that is not among `known` */
export function onlyKnown(input: Input, known: ReadonlySet<string>, where: string): void {
  for (const name in input) {
    if (input[name] !== undefined && !known.has(name)) throw new UnknownFeature(`parameter ${name}`, where);
  }
}

export function requiredString(input: Input, name: string): string {
  const value = input[name];
  if (value === undefined || value === "") {
    throw new AwsError("MissingParameter", `The request must contain the parameter ${name}.`);
  }
  if (typeof value !== "string") throw new AwsError("SerializationException", `${name} is not a string`);
  return value;
}

/** An integer within bounds, or `fallback` where it is left out. */
export function integer(input: Input, name: string, min: number, max: number, fallback: number): number {
  const value = input[name];
  if (value === undefined || value === null) return fallback;
  if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
    throw new AwsError(
      "InvalidParameterValue",
      `Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}, if provided.`,
    );
  }
  return value as number;
}
