import { types } from "node:util";
import { constants, createContext, Script } from "node:vm";
import type { Clock } from "../../clock.ts";
import { furnish, type Inside, type Outside } from "./inside.ts";
import type { Refuse } from "./refusing.ts";

/**
 * JavaScript's own objects of one execution environment, from `Object` to `eval`, and its global object: what its code
 * does to them nobody else sees.
 */
export interface Realm extends Inside {
  readonly globals: Record<string, unknown>;
  /** Evaluates a script that may have been evaluated in other realms before: they share its byte code. */
  evaluate(script: Script): unknown;
}

/** @param random what Math.random is */
export function createRealm(clock: Clock, random: () => number, refuse: Refuse): Realm {
  // An ordinary global object: one that intercepts makes every look-up of a global slow.
  const globals = createContext(constants.DONT_CONTEXTIFY) as Record<string, unknown>;
  const evaluate = (script: Script): unknown => script.runInContext(globals);
  const inside = evaluate(furnishing) as (outside: Outside) => Inside;
  return {
    globals,
    evaluate,
    ...inside({ nowMs: () => clock.nowMs, random, is: fromAnyRealm, refuse }),
  };
}

const furnishing = new Script(`(${furnish.toString()})`, { filename: "node:realm" });

/** What Node's own modules make belongs to the process's realm, and a handler tells it by `instanceof`. */
const fromAnyRealm: Outside["is"] = {
  Array: Array.isArray,
  ArrayBuffer: types.isArrayBuffer,
  Date: types.isDate,
  Error: types.isNativeError,
  Promise: types.isPromise,
  RangeError: (value) => types.isNativeError(value) && value.name === "RangeError",
  SyntaxError: (value) => types.isNativeError(value) && value.name === "SyntaxError",
  TypeError: (value) => types.isNativeError(value) && value.name === "TypeError",
  Uint8Array: types.isUint8Array,
};
