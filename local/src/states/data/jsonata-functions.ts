import jsonata from "jsonata";
import { hash, randomFraction } from "./intrinsics.ts";
import type { JsonObject } from "./json.ts";
import type { Scope } from "./scope.ts";

const formatted = jsonata("$fromMillis($at, $picture, $zone)");

/**
 * What Step Functions adds to JSONata, and the built-in functions that read the clock or draw by chance.
 * A seeded `$random` gives the same number for the same seed, though not the number that AWS gives.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
 */
export const jsonataFunctions = (scope: Scope): JsonObject => ({
  partition: (list: readonly unknown[], size: number) =>
    Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size)),
  range: (from: number, to: number, by: number) =>
    Array.from({ length: Math.max(0, Math.floor((to - from) / by) + 1) }, (_, at) => from + at * by),
  hash: (value: unknown, algorithm = "SHA-256") => hash(value, algorithm),
  random: (seed?: number) => randomFraction(scope, seed, "$random"),
  uuid: () => scope.host.uuid(),
  parse: (text?: string) => (text === undefined ? undefined : (JSON.parse(text) as unknown)),
  shuffle: (list?: readonly unknown[]) => list && shuffled(list, scope),
  millis: () => scope.host.clock.nowMs,
  now: (picture?: string, zone?: string) =>
    formatted.evaluate(undefined, { at: scope.host.clock.nowMs, picture, zone }),
});

function shuffled(list: readonly unknown[], scope: Scope): unknown[] {
  const rest = [...list];
  const result: unknown[] = [];
  while (rest.length > 0) result.push(...rest.splice(scope.host.choices.choose(rest.length, "$shuffle"), 1));
  return result;
}
