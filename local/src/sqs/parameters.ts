import { AwsError } from "../errors.ts";

export type Input = Readonly<Record<string, unknown>>;

export function requiredString(input: Input, name: string): string {
  const value = input[name];
  if (value === undefined || value === "") {
    throw new AwsError("MissingParameter", `The request must contain the parameter ${name}.`);
  }
  return value as string;
}

/** An integer within bounds, or `fallback` where it is left out. */
export function integer(input: Input, name: string, min: number, max: number, fallback: number): number {
  const value = input[name];
  if (value === undefined) return fallback;
  if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
    throw new AwsError(
      "InvalidParameterValue",
      `Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: Must be between ${min} and ` +
        `${max}, if provided.`,
    );
  }
  return value as number;
}
