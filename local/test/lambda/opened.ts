import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Choices, inOrder } from "../../src/choices.ts";
import { VirtualClock } from "../../src/clock.ts";
import type { Happening, HappeningDetails, Trace } from "../../src/history.ts";
import { Ids } from "../../src/identity.ts";
import type { FunctionProperties } from "../../src/lambda/function.ts";
import { Lambda, type LambdaOptions } from "../../src/lambda/lambda.ts";
import type { Api, Caller } from "../../src/service.ts";
import { services } from "../../src/services.ts";

export const startMs = Date.UTC(2026, 0, 1);
export const roleArn = "arn:aws:iam::000000000000:role/handler";

/** A call that reached one of the other services. */
export interface Reached {
  readonly atMs: number;
  readonly caller: Caller;
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** How the other services answer. */
export type Answer = (call: Reached) => unknown;

/** A cloud that is Lambda alone: calls of other services are noted and answered by `answer`. */
export function openLambda(options: Partial<LambdaOptions> & { answer?: Answer; choices?: Choices } = {}) {
  const { answer = () => ({}), choices = inOrder, ...rest } = options;
  const clock = new VirtualClock(choices, startMs);
  const happenings: (HappeningDetails & { trace: Trace; atMs: number })[] = [];
  const reached: Reached[] = [];
  const api: Api = async (caller, service, operation, input) => {
    if (service === "lambda") return lambda.call(operation, input, caller);
    const call = { atMs: clock.nowMs - startMs, caller, service, operation, input };
    reached.push(call);
    return answer(call);
  };
  const lambda: Lambda = new Lambda({
    clock,
    api,
    ids: new Ids(),
    region: "us-east-1",
    services,
    history: { record: (trace, details) => happenings.push({ ...details, trace, atMs: clock.nowMs - startMs }) },
    ...rest,
  });
  clock.watch(lambda);
  return {
    clock,
    lambda,
    api,
    reached,
    /** What happened of one type, in order. */
    happened: <Type extends Happening["type"]>(type: Type) =>
      happenings.filter((happening): happening is typeof happening & { type: Type } => happening.type === type),
    /** Creates a function from CommonJS source. */
    create: (source: string | Record<string, string>, properties: Partial<FunctionProperties> = {}) =>
      lambda.createFunction(
        madeOf({ codeFolder: codeFolder(typeof source === "string" ? { "index.js": source } : source), ...properties }),
      ),
    /** Invokes synchronously and runs the clock until all is quiet. */
    invoke: async (payload: unknown = {}, functionName = "handler"): Promise<InvokeResult> => {
      const answered = invokeFunction(lambda, { FunctionName: functionName, Payload: JSON.stringify(payload) });
      await clock.run();
      return answered;
    },
    /** Puts an event on the function's queue; nothing runs yet. */
    send: (payload: unknown = {}, functionName = "handler") =>
      lambda.call(
        "Invoke",
        { FunctionName: functionName, InvocationType: "Event", Payload: JSON.stringify(payload) },
        operator,
      ),
  };
}

/** The properties of a function called `handler`, with what a test says of it. */
export const madeOf = (
  properties: Pick<FunctionProperties, "codeFolder"> & Partial<FunctionProperties>,
): FunctionProperties => ({
  functionName: "handler",
  handler: "index.handler",
  runtime: "nodejs24.x",
  roleArn,
  ...properties,
});

export interface InvokeResult {
  readonly StatusCode: number;
  readonly FunctionError?: string;
  /** The payload, parsed. */
  readonly Payload: unknown;
}

export async function invokeFunction(lambda: Lambda, input: Record<string, unknown>): Promise<InvokeResult> {
  const output = (await lambda.call("Invoke", input, operator)) as InvokeResult & { Payload: string };
  return { ...output, Payload: JSON.parse(output.Payload) as unknown };
}

export const operator: Caller = {
  principal: { kind: "operator" },
  trace: { correlationId: "order-1", causationId: "event-1" },
};

export function codeFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "handler-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
