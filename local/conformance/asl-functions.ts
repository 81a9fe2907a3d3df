import type { Clock } from "../src/clock.ts";
import { AwsError, UnknownFeature } from "../src/errors.ts";

/** What a recorded function does. */
export interface RecordedFunction {
  readonly behaviour: {
    readonly returns?: unknown;
    readonly throws?: readonly [type: string, message: string];
    readonly sleepSeconds?: number;
    readonly returnsStringOfBytes?: number;
    readonly note?: string;
  } | null;
  /** Seconds. */
  readonly timeout: number | null;
}

/** The recorded functions, answering Invoke as Lambda does inside the cloud. */
export class RecordedFunctions {
  readonly #functions: Readonly<Record<string, RecordedFunction>>;
  readonly #clock: Clock;

  /** @throws UnknownFeature for a function whose behaviour is not given as data */
  constructor(functions: Readonly<Record<string, RecordedFunction>>, clock: Clock) {
    this.#functions = functions;
    this.#clock = clock;
    for (const [name, { behaviour }] of Object.entries(functions)) {
      const unknown = Object.keys(behaviour ?? { none: true }).find((key) => !known.has(key));
      if (unknown !== undefined) throw new UnknownFeature(`the behaviour "${unknown}" of a recorded function`, name);
    }
  }

  async invoke({ FunctionName: given, Payload: payload }: { FunctionName: string; Payload: string }): Promise<object> {
    const name = given.split(":function:").at(-1)!;
    const { behaviour } = this.#functions[name] ?? {};
    if (!behaviour) {
      const arn = given.startsWith("arn:") ? given : `arn:aws:lambda:us-east-1:000000000000:function:${given}`;
      throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}:$LATEST`, 404);
    }
    if (behaviour.sleepSeconds !== undefined) await this.#sleep(behaviour.sleepSeconds);
    const answer = { StatusCode: 200, ExecutedVersion: "$LATEST" };
    if (behaviour.throws) return { ...answer, FunctionError: "Unhandled", Payload: failure(behaviour.throws) };
    return { ...answer, Payload: returned(behaviour, payload) };
  }

  #sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.schedule(seconds * 1000, resolve);
    });
  }
}

const known: ReadonlySet<string> = new Set(["returns", "throws", "sleepSeconds", "returnsStringOfBytes", "note"]);

/** The error payload of the Python runtime. */
const failure = ([errorType, errorMessage]: readonly [string, string]): string =>
  asPythonWrites(
    JSON.stringify({ errorMessage, errorType, requestId: "00000000-0000-4000-8000-000000000000", stackTrace: [] }),
  );

/** JSON as Python writes it: a space after each comma and colon, numbers as they were. */
const asPythonWrites = (json: string): string =>
  json.replace(
    /("(?:[^"\\]|\\.)*")|([,:])|\s+/g,
    (_, text?: string, mark?: string) => text ?? (mark === undefined ? "" : `${mark} `),
  );

function returned(
  { returns, returnsStringOfBytes }: NonNullable<RecordedFunction["behaviour"]>,
  payload: string,
): string {
  if (returnsStringOfBytes !== undefined) return JSON.stringify("a".repeat(returnsStringOfBytes));
  if (returns === "<event>") return asPythonWrites(payload);
  if (typeof returns !== "string") return asPythonWrites(JSON.stringify(returns ?? null));
  if (returns.includes("<python repr of event>")) {
    return JSON.stringify(returns.replace("<python repr of event>", pythonText(JSON.parse(payload))));
  }
  if (/<.*event.*>/.test(returns))
    throw new UnknownFeature(`the return value "${returns}" of a recorded function`, "lambdas");
  return /^".*"$/s.test(returns) ? returns : JSON.stringify(returns);
}

/** A JSON value as Python's repr prints it. */
function pythonText(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string")
    return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(pythonText).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${pythonText(key)}: ${pythonText(item)}`)
    .join(", ")}}`;
}
