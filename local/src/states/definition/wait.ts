import { missing } from "../data/json-path-read.ts";
import { compileJsonata, expectType, isJsonata } from "../data/jsonata-expression.ts";
import { compilePath } from "../data/path-expression.ts";
import { parseTimestamp } from "../data/timestamp.ts";
import type { Thread } from "../execution/thread.ts";
import { EvaluationFault, RuntimeFault } from "../failure.ts";
import { compileFlow } from "./data-flow.ts";
import type { Fields } from "./fields.ts";
import type { StateContext } from "./state-context.ts";
import type { State } from "./state.ts";

export const waitFields = {
  JSONPath: [
    "Next",
    "End",
    "Assign",
    "InputPath",
    "OutputPath",
    "Seconds",
    "SecondsPath",
    "Timestamp",
    "TimestampPath",
  ],
  JSONata: ["Next", "End", "Assign", "Output", "Seconds", "Timestamp"],
} as const;

/** Recorded: a wait of 24,856 days is too long, so the delay is kept in 32 bits of seconds. */
const longestSeconds = 2_147_483_647;

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
export function compileWait(fields: Fields, context: StateContext): State {
  const flow = compileFlow(fields, context.language, { result: undefined });
  const link = context.next();
  const delay = compileDelay(fields, context);
  return {
    name: context.name,
    type: "Wait",
    recovery: undefined,
    run: (thread) => {
      const input = flow.arguments(thread);
      thread.follow(delay(input, thread), (delayMs) => {
        if ((delayMs as number) > longestSeconds * 1000) throw new RuntimeFault("Wait state delay is too long.");
        thread.sleep(delayMs as number, () => flow.leave(thread, input, link));
      });
    },
  };
}

const timestampFormat = "ISO-8601 extended offset date-time format string";

/** Milliseconds to wait, perhaps as a promise. */
type Delay = (input: unknown, thread: Thread) => unknown;

function compileDelay(fields: Fields, { language }: StateContext): Delay {
  const given = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"].filter((name) => fields.has(name));
  const [name] = given;
  if (name === undefined || given.length > 1) {
    throw fields.invalid(
      "A Wait state needs exactly one of Seconds, SecondsPath, Timestamp and TimestampPath",
      "Seconds",
    );
  }
  const value = fields.get(name);
  if (language === "JSONata" && isJsonata(value)) return compileJsonataDelay(name, value, fields);
  switch (name) {
    case "Seconds": {
      const seconds = fields.integer(name, { least: 0 })!;
      if (seconds > 99_999_999) throw fields.invalid("Expected value of at most 99999999", name);
      return () => seconds * 1000;
    }
    case "Timestamp": {
      const atMs = parseTimestamp(value);
      if (atMs === undefined) throw fields.invalid("String does not match RFC3339 timestamp", name);
      return (_, thread) => until(atMs, thread);
    }
    default:
      return compilePathDelay(name, fields);
  }
}

const until = (atMs: number, thread: Thread) => Math.max(0, atMs - thread.host.clock.nowMs);

function compilePathDelay(name: string, fields: Fields): Delay {
  const path = compilePath(fields.requiredText(name), fields.at(name));
  return (input, thread) => {
    const value = path.read(input, thread);
    if (value === missing)
      throw new RuntimeFault(`The ${name} parameter does not reference an input value: ${path.text}`);
    const shown = `${path.text} == ${typeof value === "string" ? value : JSON.stringify(value)}`;
    if (name === "TimestampPath") {
      const atMs = parseTimestamp(value);
      if (atMs !== undefined) return until(atMs, thread);
      throw new RuntimeFault(`The TimestampPath parameter does not reference a valid ${timestampFormat}: ${shown}`);
    }
    if (!Number.isInteger(value))
      throw new RuntimeFault(`The SecondsPath parameter cannot be parsed as a long value: ${shown}`);
    if ((value as number) < 0)
      throw new RuntimeFault(`The SecondsPath parameter references a negative value: ${shown}`);
    return (value as number) * 1000;
  };
}

function compileJsonataDelay(name: string, source: string, fields: Fields): Delay {
  const evaluate = compileJsonata(source, name, fields.at(name));
  return async (input, thread) => {
    const value = await evaluate({ input }, thread);
    if (name === "Timestamp") {
      expectType(value, "string", source, name);
      const atMs = parseTimestamp(value);
      if (atMs !== undefined) return until(atMs, thread);
      throw new EvaluationFault(
        `The Timestamp field cannot be parsed as an ${timestampFormat}: ${String(value)}`,
        name,
      );
    }
    expectType(value, "number", source, name);
    if (!Number.isInteger(value))
      throw new EvaluationFault(`The Seconds field cannot be parsed as a long value: ${String(value)}`, name);
    if ((value as number) < 0)
      throw new EvaluationFault(`The Seconds field has a negative value: ${String(value)}`, name);
    return (value as number) * 1000;
  };
}
