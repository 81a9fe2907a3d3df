import type { Environment } from "jsonata";
import { dataLimitBytes } from "./json.ts";
import { LinearRegex } from "./linear-regex.ts";

/** How many nodes of the expression one evaluation may visit. AWS bounds it by time, which is not published. */
export const mostSteps = 100_000;

/** The most characters and members that a value may have on the way to the result. */
export const mostWeight = 8 * dataLimitBytes;

/** JSONata's own bounds: nested evaluations, and members of a sequence. No value within the data limit has more. */
export const guardRails = {
  stack: 3_000,
  sequence: dataLimitBytes / 2,
  RegexEngine: LinearRegex as unknown as RegExpConstructor,
};

/** The variable that holds the effort of an evaluation; no expression can name one with a blank. */
export const effortVariable = " effort";

/** Whether a value is a function as JSONata keeps it. */
export const isFunction = (value: unknown): boolean =>
  typeof value === "object" && value !== null && ("_jsonata_lambda" in value || "_jsonata_function" in value);

/** What one evaluation has done so far: the same expression ends alike in every run, however fast the machine is. */
export class Effort {
  #steps = 0;

  #walked = 0;

  /** All of it in one number: a step takes about four times as long as a member that is weighed. */
  get sum(): number {
    return this.#steps + this.#walked / 4;
  }

  readonly #weights = new WeakMap<object, number>();

  step(): void {
    if ((this.#steps += 1) > mostSteps) {
      throw new Error(`Expression evaluation timeout after ${mostSteps} steps. Check for infinite loop`);
    }
  }

  check(value: unknown): void {
    if (this.#weigh(value) > mostWeight) throw new Error(`A value has more than ${mostWeight} characters and members`);
  }

  /** A value that holds another twice counts it twice, as it is written; what is known is not walked again. */
  #weigh(value: unknown): number {
    this.#walked += 1;
    if (typeof value === "string") return value.length;
    if (typeof value !== "object" || value === null || isFunction(value)) return 1;
    const known = this.#weights.get(value);
    if (known !== undefined) return known;
    let weight = 1;
    this.#weights.set(value, weight);
    for (const member of Array.isArray(value) ? value : Object.values(value)) weight += this.#weigh(member);
    this.#weights.set(value, weight);
    return weight;
  }
}

const effortOf = (environment: Environment) => environment.lookup(effortVariable) as Effort;

/**
 * Hooks that JSONata calls round each evaluation of a node. https://docs.jsonata.org/embedding-extending
 * (2026-11-21)
 */
export const enter = (_: unknown, __: unknown, environment: Environment): void => effortOf(environment).step();
export const leave = (_: unknown, __: unknown, environment: Environment, value: unknown): void =>
  effortOf(environment).check(value);
