import { AwsError } from "../../errors.ts";
import { invalid, unreadable } from "../failures.ts";
import { admitValue } from "../item/admit.ts";
import type { AttributeValue } from "../item/attribute-value.ts";
import { checkOperands } from "./check-operands.ts";
import { checkSetOperand, checkSetValue } from "./check-update.ts";
import type { ConditionNode } from "./condition.ts";
import { parseCondition } from "./condition.ts";
import { parsedOnce } from "./parsed-once.ts";
import type { Bindings, Path } from "./path.ts";
import { firstClash, resolvePath } from "./path.ts";
import { parseProjection } from "./projection.ts";
import { ExpressionError } from "./reader.ts";
import type { UpdateAction } from "./update.ts";
import { parseUpdate } from "./update.ts";

const conditions = parsedOnce(parseCondition);
const updates = parsedOnce(parseUpdate);
const projections = parsedOnce(parseProjection);

/** The part of a request that expressions and their placeholders stand in. */
export interface ExpressionInput {
  readonly ExpressionAttributeNames?: unknown;
  readonly ExpressionAttributeValues?: unknown;
}

/**
 * The expressions of one request: each is read against the request's placeholders, then `finish` makes sure that no
 * placeholder was left over. All throw AwsError ValidationException with AWS's words.
 */
export class Expressions implements Bindings {
  readonly names: Record<string, string> = Object.create(null) as Record<string, string>;
  readonly values: Record<string, AttributeValue> = Object.create(null) as Record<string, AttributeValue>;
  readonly #unused = new Set<string>();

  /** @param given the request's expression parameters by name, to refuse placeholders that come without one */
  constructor(input: ExpressionInput, given: Readonly<Record<string, unknown>>) {
    const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
    const parameters = Object.keys(given);
    if (names !== undefined) {
      if (parameters.every((parameter) => given[parameter] === undefined)) {
        throw invalid("ExpressionAttributeNames can only be specified when using expressions");
      }
      this.#admitNames(names);
    }
    if (values !== undefined) {
      const using = parameters.filter((parameter) => parameter !== "ProjectionExpression");
      if (using.every((parameter) => given[parameter] === undefined)) {
        const verb = using.length > 1 ? "are" : "is";
        throw invalid(
          `ExpressionAttributeValues can only be specified when using expressions: ${using.join(" and ")} ${verb} null`,
        );
      }
      this.#admitValues(values);
    }
  }

  /** @param parameter where the text comes from, for instance `ConditionExpression` */
  condition(parameter: string, text: string): ConditionNode {
    return read(parameter, () => {
      const { condition, placeholders, wrongCount } = conditions(text);
      this.#use(placeholders);
      if (wrongCount) throw new ExpressionError(wrongCount);
      checkOperands(condition, this);
      return condition;
    });
  }

  /** The actions, and the resolved paths they change. */
  update(text: string): { actions: readonly UpdateAction[]; paths: readonly Path[] } {
    return read("UpdateExpression", () => {
      const { actions, placeholders, wrongFunction } = updates(text);
      this.#use(placeholders);
      const paths = actions.map(({ path }) => resolvePath(path, this));
      const clash = firstClash(paths);
      if (clash) throw new ExpressionError(clash);
      for (const action of actions) {
        if (action.kind === "ADD" || action.kind === "DELETE") checkSetOperand(action.kind, this.values[action.value]!);
      }
      if (wrongFunction) throw new ExpressionError(wrongFunction);
      for (const action of actions) if (action.kind === "SET") checkSetValue(action.value, this.values);
      return { actions, paths };
    });
  }

  /** The resolved paths of a ProjectionExpression. */
  projection(text: string): readonly Path[] {
    return read("ProjectionExpression", () => {
      const parsed = projections(text);
      this.#use(parsed.placeholders);
      const paths = parsed.paths.map((path) => resolvePath(path, this));
      const clash = firstClash(paths);
      if (clash) throw new ExpressionError(clash);
      return paths;
    });
  }

  finish(): void {
    if (this.#unused.size === 0) return;
    const unused = [...this.#unused];
    for (const [sign, member] of [
      ["#", "Names"],
      [":", "Values"],
    ] as const) {
      const keys = unused.filter((placeholder) => placeholder.startsWith(sign)).join(", ");
      if (keys) {
        throw invalid(`Value provided in ExpressionAttribute${member} unused in expressions: keys: {${keys}}`);
      }
    }
  }

  #use(placeholders: readonly string[]): void {
    for (const placeholder of placeholders) {
      this.#unused.delete(placeholder);
      if (placeholder.startsWith("#")) {
        if (placeholder in this.names) continue;
        throw new ExpressionError(
          `An expression attribute name used in the document path is not defined; attribute name: ${placeholder}`,
        );
      }
      if (placeholder in this.values) continue;
      throw new ExpressionError(
        `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
      );
    }
  }

  #admitNames(names: unknown): void {
    for (const [placeholder, name] of entries("ExpressionAttributeNames", "#", names)) {
      if (typeof name !== "string") throw unreadable("Unexpected field type");
      if (name === "") {
        throw invalid(`ExpressionAttributeNames contains invalid value: Empty attribute name for key ${placeholder}`);
      }
      this.names[placeholder] = name;
      this.#unused.add(placeholder);
    }
  }

  #admitValues(values: unknown): void {
    for (const [placeholder, value] of entries("ExpressionAttributeValues", ":", values)) {
      try {
        this.values[placeholder] = admitValue(value);
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== "ValidationException") throw error;
        throw invalid(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${placeholder}`);
      }
      this.#unused.add(placeholder);
    }
  }
}

function entries(member: string, sign: "#" | ":", map: unknown): [string, unknown][] {
  if (map === null || typeof map !== "object" || Array.isArray(map)) throw unreadable("Unexpected field type");
  const found = Object.entries(map);
  if (found.length === 0) throw invalid(`${member} must not be empty`);
  for (const [placeholder] of found) {
    if (placeholder.startsWith(sign) && /^.\w+$/u.test(placeholder)) continue;
    throw invalid(`${member} contains invalid key: Syntax error; key: "${placeholder}"`);
  }
  return found;
}

function read<T>(parameter: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ExpressionError) throw invalid(`Invalid ${parameter}: ${error.message}`);
    throw error;
  }
}
