import { readFileSync } from "node:fs";

/** The argument why no run can show a mutant, by the mutant's key. */
export type Arguments = Readonly<Record<string, string>>;

export const readArguments = (): Arguments =>
  JSON.parse(readFileSync(new URL("survivors.json", import.meta.url), "utf8")) as Arguments;

/**
 * What is wrong with the arguments, as sentences.
 * @param survived the keys of mutants that survived, killed those that did not
 */
export function wrongArguments(given: Arguments, survived: readonly string[], killed: readonly string[]): string[] {
  const survivors = new Set(survived);
  const dead = new Set(killed);
  return [
    ...survived.filter((key) => !given[key]).map((key) => `survived without an argument: ${key}`),
    ...Object.keys(given)
      .filter((key) => dead.has(key))
      .map((key) => `is killed, so its argument is wrong: ${key}`),
    ...Object.keys(given)
      .filter((key) => !dead.has(key) && !survivors.has(key))
      .map((key) => `has an argument, and is not among the mutants: ${key}`),
  ];
}
