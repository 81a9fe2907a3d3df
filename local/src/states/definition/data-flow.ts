import type { PathStep } from "../data/json-path-read.ts";
import { exceedsDataLimit, isObject } from "../data/json.ts";
import type { JsonObject } from "../data/json.ts";
import { compileJsonata } from "../data/jsonata-expression.ts";
import type { JsonataField, StatesVariable } from "../data/jsonata-expression.ts";
import { compilePath } from "../data/path-expression.ts";
import type { PathExpression } from "../data/path-expression.ts";
import { compileTemplate } from "../data/payload-template.ts";
import type { Thread } from "../execution/thread.ts";
import { RuntimeFault, tooLarge } from "../failure.ts";
import type { Fields, Language } from "./fields.ts";
import type { Link } from "./state.ts";

/** How data goes into a state and out of it. */
export interface Flow {
  /** The payload of the state's work: the effective input, or Arguments. May be a promise. */
  arguments(thread: Thread): unknown;
  /** Makes output and variables from the result, and leaves the state. */
  leave(thread: Thread, result: unknown, link: Link): void;
}

/** What the result of a state is called in `$states`; undefined for a state that has none. */
export interface FlowKind {
  readonly result: "result" | "errorOutput" | undefined;
}

/**
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html
 * @param fields of the state, of a catcher or of a choice rule; those it lacks take their defaults
 */
export const compileFlow = (fields: Fields, language: Language, kind: FlowKind): Flow =>
  language === "JSONPath" ? new PathFlow(fields) : new JsonataFlow(fields, kind);

class PathFlow implements Flow {
  readonly #inputPath: PathExpression | null | undefined;
  readonly #parameters: ReturnType<typeof compileTemplate> | undefined;
  readonly #resultSelector: ReturnType<typeof compileTemplate> | undefined;
  readonly #resultPath: PathExpression | null | undefined;
  readonly #outputPath: PathExpression | null | undefined;
  readonly #assign: ReturnType<typeof compileTemplate> | undefined;

  constructor(fields: Fields) {
    const template = (name: string) =>
      fields.has(name) ? compileTemplate(fields.get(name), fields.at(name)) : undefined;
    this.#inputPath = compileOptionalPath(fields, "InputPath");
    this.#parameters = fields.type === "Map" ? undefined : template("Parameters");
    this.#resultSelector = template("ResultSelector");
    this.#resultPath = compileOptionalPath(fields, "ResultPath");
    if (this.#resultPath && !this.#resultPath.reference) {
      throw fields.invalid("The value for the field 'ResultPath' must be a valid reference path", "ResultPath");
    }
    this.#outputPath = compileOptionalPath(fields, "OutputPath");
    this.#assign = template("Assign");
  }

  arguments(thread: Thread): unknown {
    const input = readPath(this.#inputPath, thread.input, thread);
    if (!this.#parameters) return input;
    const payload = this.#parameters(input, thread);
    if (exceedsDataLimit(payload)) throw tooLarge(thread.state.name);
    return payload;
  }

  leave(thread: Thread, raw: unknown, link: Link): void {
    const result = this.#resultSelector ? this.#resultSelector(raw, thread) : raw;
    const path = this.#resultPath;
    const merged = path === undefined ? result : path === null ? thread.input : putAt(result, thread.input, path);
    const output = readPath(this.#outputPath, merged, thread);
    // `$` in Assign is the state's result, or the effective input of a state that has none.
    if (this.#assign) thread.leave(output, link, this.#assign(result, thread) as JsonObject);
    else thread.leave(output, link);
  }
}

/** @returns undefined where the field is left out or is `$`, the default */
function compileOptionalPath(fields: Fields, name: string): PathExpression | null | undefined {
  const text = fields.get(name);
  if (text === null) return null;
  if (text === undefined || text === "$") return undefined;
  return compilePath(fields.requiredText(name), fields.at(name));
}

const readPath = (path: PathExpression | null | undefined, data: unknown, thread: Thread): unknown =>
  path === undefined ? data : path === null ? {} : path.demand(data, thread);

/** Puts the result into a copy of the raw input, as ResultPath says. */
function putAt(result: unknown, input: unknown, { text, reference }: PathExpression): unknown {
  const put = (into: unknown, [step, ...rest]: readonly PathStep[]): unknown => {
    if (!step) return result;
    if (step.kind === "index" && Array.isArray(into) && step.index >= 0 && step.index < into.length) {
      return into.with(step.index, put(into[step.index], rest));
    }
    if (step.kind === "member" && (into === undefined || isObject(into))) {
      return { ...into, [step.name]: put(into?.[step.name], rest) };
    }
    const shown = step.kind === "member" ? step.name : "index" in step ? step.index : "";
    throw new RuntimeFault(
      `Unable to apply step "${shown}" of the ResultPath '${text}' to input ${JSON.stringify(input)}`,
      "States.ResultPathMatchFailure",
    );
  };
  return put(input, reference!.steps);
}

class JsonataFlow implements Flow {
  readonly #arguments: JsonataField | undefined;
  readonly #output: JsonataField | undefined;
  readonly #assign: JsonataField | undefined;
  readonly #kind: FlowKind;

  constructor(fields: Fields, kind: FlowKind) {
    const field = (name: string) =>
      fields.has(name) ? compileJsonata(fields.get(name), fields.location(name), fields.at(name)) : undefined;
    this.#arguments = field("Arguments");
    this.#output = field("Output");
    this.#assign = field("Assign");
    this.#kind = kind;
  }

  arguments(thread: Thread): unknown {
    return this.#arguments ? this.#arguments({ input: thread.input }, thread) : thread.input;
  }

  leave(thread: Thread, result: unknown, link: Link): void {
    const { result: name } = this.#kind;
    const states: StatesVariable = { input: thread.input, ...(name && { [name]: result }) };
    // Assign and Output both see the variables as they were before the state.
    thread.follow(this.#assign?.(states, thread), (assigned) => {
      thread.follow(this.#output ? this.#output(states, thread) : result, (output) => {
        thread.leave(output, link, assigned as JsonObject | undefined);
      });
    });
  }
}
