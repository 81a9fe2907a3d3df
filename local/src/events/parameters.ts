import { UnknownFeature } from "../errors.ts";

export type Input = Readonly<Record<string, unknown>>;

/** @throws UnknownFeature for the first parameter of `operation` that is not among `known` */
export function onlyKnown(input: Input, operation: string, ...known: readonly string[]): void {
  for (const name in input) {
    if (input[name] !== undefined && !known.includes(name))
      throw new UnknownFeature(`parameter ${name}`, `events ${operation}`);
  }
}

export const text = (input: Input, name: string): string | undefined => input[name] as string | undefined;

/** Leaves out members that have no value, as AWS's answers do. */
export const defined = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
