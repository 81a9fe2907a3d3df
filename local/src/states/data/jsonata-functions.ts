import jsonata from "jsonata";
import { hash, randomFraction } from "./intrinsics.ts";
import { dataLimitBytes, parseJson } from "./json.ts";
import type { JsonObject } from "./json.ts";
import type { Scope } from "./scope.ts";

/** No value within the data limit has more. */
const mostItems = dataLimitBytes / 2;

const formatted = jsonata("$fromMillis($at, $picture, $zone)");

/**
 * What Step Functions adds to JSONata, and the built-in functions that read the clock or draw by chance.
 * A seeded `$random` gives the same number for the same seed, though not the number that AWS gives.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
 */
export const jsonataFunctions = (scope: Scope): JsonObject => ({
  partition,
  range,
  hash: (value: unknown, algorithm = "SHA-256") => hash(value, algorithm),
  random: (seed?: number) => randomFraction(scope, seed, "$random"),
  uuid: () => scope.host.uuid(),
  parse: (text?: string) => (text === undefined ? undefined : parseJson(text)),
  shuffle: (list?: readonly unknown[]) => list && shuffled(list, scope),
  millis: () => scope.host.clock.nowMs,
  now: (picture?: string, zone?: string) =>
    formatted.evaluate(undefined, { at: scope.host.clock.nowMs, picture, zone }),
});

/** Recorded: a sequence, so that one of a single item is the item. */
function range(from: unknown, to: unknown, by: unknown): readonly number[] {
  if (typeof from !== "number" || typeof to !== "number" || typeof by !== "number" || by === 0) {
    throw new RangeError("$range takes three numbers, of which the last is not 0");
  }
  const length = Math.max(0, Math.floor((to - from) / by) + 1);
  if (length > mostItems) throw new RangeError(`$range must not give more than ${mostItems} items`);
  return Object.assign(
    Array.from({ length }, (_, at) => from + at * by),
    { sequence: true },
  );
}

function partition(list: unknown, size: unknown): readonly unknown[] | undefined {
  if (list === undefined) return undefined;
  if (typeof size !== "number" || !(size >= 1)) throw new RangeError("$partition takes a size of 1 or more");
  const items: readonly unknown[] = Array.isArray(list) ? list : [list];
  const step = Math.floor(size);
  return Array.from({ length: Math.ceil(items.length / step) }, (_, at) => items.slice(at * step, (at + 1) * step));
}

function shuffled(list: readonly unknown[], scope: Scope): unknown[] {
  const rest = [...list];
  const result: unknown[] = [];
  while (rest.length > 0) result.push(...rest.splice(scope.host.choices.choose(rest.length, "$shuffle"), 1));
  return result;
}
