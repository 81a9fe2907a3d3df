import { UnknownFeature } from "../../errors.ts";
import { checkNesting } from "../../nesting.ts";
import { together } from "./flat-event.ts";
import type { ArrayPositions, FlatEvent } from "./flat-event.ts";
import { PatternError, JsonTokens } from "./json-tokens.ts";
import { readMatchExpression } from "./match-expression.ts";
import type { FieldTest } from "./match-expression.ts";
import { equalsNumber, equalsString, exactly } from "./value-test.ts";
import { wildcardComplexity } from "./wildcard-complexity.ts";

type Alternative = Map<string, FieldTest>;
type Clause = readonly (readonly [path: string, field: FieldTest])[];

/** Names that may not be fields within `$or`, where event-ruler keeps them for what it may become. */
const reservedInOr = new Set(
  (
    "exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= " +
    "regex not-wildcard " +
    "not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range " +
    "ip-address-in-range ip-address-not-in-range"
  ).split(" "),
);

/**
 * An event pattern, compiled once. Its language and its messages are those of aws/event-ruler 2.0.1, the matcher that
 * EventBridge runs: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export class EventPattern {
  /** The pattern holds when all fields of any one clause do; there is one clause for each combination of `$or`. */
  readonly #clauses: readonly Clause[];

  /**
   * @throws PatternError where event-ruler would reject the text, with its message
   * @throws UnknownFeature for one that is nested too deep, or has too many combinations
   */
  constructor(text: string) {
    checkNesting(text, "an event pattern");
    const tokens = new JsonTokens(text);
    if (tokens.next() !== "{") tokens.fail("Filter is not an object");
    const alternatives: Alternative[] = [];
    readObject(tokens, alternatives, "", false);
    this.#clauses = alternatives.map((alternative) =>
      // event-ruler visits fields by name; with arrays the order decides which element a missing field is looked for
      // in.
      [...alternative].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  matches(event: FlatEvent): boolean {
    return this.#clauses.some((clause) => new Match(clause, event).holds(0, []));
  }

  /** How much work the wildcards of one field could make, counted up to `limit` (see wildcardComplexity). */
  complexity(limit: number): number {
    const fields = new Set(this.#clauses.flat().map(([, field]) => field));
    return Math.max(
      0,
      ...[...fields].map(({ wildcards }) => (wildcards.length > 0 ? wildcardComplexity(wildcards, limit) : 0)),
    );
  }
}

/** One clause held against one event. */
class Match {
  readonly #clause: Clause;
  readonly #event: FlatEvent;
  /** Where the rest of the clause did not hold, with the elements that the rest asks about. */
  readonly #failed = new Set<string>();
  #arraysAfter: readonly ReadonlySet<number>[] | undefined;

  constructor(clause: Clause, event: FlatEvent) {
    this.#clause = clause;
    this.#event = event;
  }

  /** Whether the fields from `index` on hold within the elements of arrays that the fields before them chose. */
  holds(index: number, positions: ArrayPositions): boolean {
    const entry = this.#clause[index];
    if (entry === undefined) return true;
    const [path, { tests, mayBeMissing }] = entry;
    const values = this.#event.values(path) ?? [];
    let missing = true;
    for (const value of values) {
      const merged = together(positions, value.positions);
      if (merged === undefined) continue;
      missing = false;
      if (!tests.some((test) => test(value.leaf))) continue;
      if (values.length === 1) return this.holds(index + 1, merged);
      if (this.#holdsOnce(index + 1, merged)) return true;
    }
    return missing && mayBeMissing && this.holds(index + 1, positions);
  }

  /** The rest is tried once for each choice of elements that makes a difference to it; else the ways multiply. */
  #holdsOnce(index: number, positions: ArrayPositions): boolean {
    const arrays = this.#arrays()[index]!;
    let key = String(index);
    for (let at = 0; at < positions.length; at += 2)
      if (arrays.has(positions[at]!)) key += `,${positions[at]}:${positions[at + 1]}`;
    if (this.#failed.has(key)) return false;
    if (this.holds(index, positions)) return true;
    this.#failed.add(key);
    return false;
  }

  /** The arrays in which the values of each field, or of a field after it, stand. */
  #arrays(): readonly ReadonlySet<number>[] {
    if (this.#arraysAfter) return this.#arraysAfter;
    const after: ReadonlySet<number>[] = [new Set()];
    for (const [path] of this.#clause.toReversed()) {
      const arrays = new Set(after[0]);
      for (const { positions } of this.#event.values(path) ?? []) {
        for (let at = 0; at < positions.length; at += 2) arrays.add(positions[at]!);
      }
      after.unshift(arrays);
    }
    return (this.#arraysAfter = after);
  }
}

/** AWS documents the limit, not its answer. */
export const maximumCombinations = 1000;

function readObject(tokens: JsonTokens, alternatives: Alternative[], prefix: string, inOr: boolean): void {
  let isEmpty = true;
  while (tokens.next() !== "}") {
    isEmpty = false;
    const name = tokens.memberName;
    if (name === "$or") {
      readOr(tokens, alternatives, prefix);
      continue;
    }
    if (inOr && reservedInOr.has(name))
      tokens.fail(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    const path = prefix === "" ? name : `${prefix}.${name}`;
    const kind = tokens.next();
    if (kind === "{") readObject(tokens, alternatives, path, inOr);
    else if (kind === "[") {
      const field = readField(tokens);
      if (alternatives.length === 0) alternatives.push(new Map());
      for (const alternative of alternatives) alternative.set(path, field);
    } else tokens.fail(`"${name}" must be an object or an array`);
  }
  if (isEmpty) tokens.fail("Empty objects are not allowed");
}

function readOr(tokens: JsonTokens, alternatives: Alternative[], prefix: string): void {
  const before = alternatives.splice(0);
  if (tokens.next() !== "[") tokens.fail("It must be an Array followed with $or.");
  let count = 0;
  for (let kind = tokens.next(); kind !== "]"; kind = tokens.next(), count++) {
    if (kind !== "{") tokens.fail("Only JSON object is allowed in array of $or relationship.");
    const branch = before.length === 0 ? [new Map()] : before.map((alternative) => new Map(alternative));
    readObject(tokens, branch, prefix, true);
    alternatives.push(...branch);
    if (alternatives.length > maximumCombinations) {
      throw new UnknownFeature(`a pattern with more than ${maximumCombinations} combinations of $or`, prefix || "$or");
    }
  }
  if (count < 2) tokens.fail("There must have at least 2 Objects in $or relationship.");
}

function readField(tokens: JsonTokens): FieldTest {
  const field = { tests: [], mayBeMissing: false, wildcards: [] } as Parameters<typeof readMatchExpression>[1];
  for (let kind = tokens.next(); kind !== "]"; kind = tokens.next()) {
    if (kind === "{") readMatchExpression(tokens, field);
    else if (kind === "string") field.tests.push(equalsString(tokens.text));
    else if (kind === "number") field.tests.push(equalsNumber(tokens.text));
    else if (kind === "true" || kind === "false") field.tests.push(exactly(kind === "true"));
    else if (kind === "null") field.tests.push(exactly(null));
    else tokens.fail("Match value must be String, number, true, false, or null");
  }
  if (field.tests.length === 0) tokens.fail("Empty arrays are not allowed");
  return field;
}

export { PatternError };
