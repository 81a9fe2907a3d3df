import { expect, test } from "vitest";
import { AwsError } from "../../src/errors.ts";
import { invokeFunction, openLambda, operator } from "./opened.ts";

test("answers with what the handler returns", async () => {
  const { create, invoke } = openLambda();
  create("exports.handler = async (event) => ({ echo: event.word });");
  expect(await invoke({ word: "hello" })).toEqual({
    StatusCode: 200,
    ExecutedVersion: "$LATEST",
    Payload: { echo: "hello" },
  });
});

test("answers null when the handler returns nothing", async () => {
  const { create, invoke } = openLambda();
  create("exports.handler = async () => {};");
  expect((await invoke()).Payload).toBeNull();
});

test("gives the handler an empty object when the call has no payload", async () => {
  const { create, lambda, clock } = openLambda();
  create("exports.handler = async (event) => event;");
  const answered = invokeFunction(lambda, { FunctionName: "handler" });
  await clock.run();
  expect((await answered).Payload).toEqual({});
});

test("answers a thrown error as Node's runtime writes it, with the stack of the handler alone", async () => {
  const { create, invoke } = openLambda();
  create(`exports.handler = async () => { throw new PaymentDeclined("no money"); };
class PaymentDeclined extends Error { name = "PaymentDeclined"; }`);
  const { FunctionError, Payload } = await invoke();
  expect(FunctionError).toBe("Unhandled");
  expect(Object.keys(Payload as object)).toEqual(["errorType", "errorMessage", "trace"]);
  expect(Payload).toMatchObject({ errorType: "PaymentDeclined", errorMessage: "no money" });
  const { trace } = Payload as { trace: string[] };
  expect(trace.slice(0, 2)).toEqual(["PaymentDeclined: no money", "    at exports.handler (/var/task/index.js:1:39)"]);
  expect(trace.join()).not.toContain("/local/src/");
});

test("answers a thrown value that is no error by its type", async () => {
  const { create, invoke } = openLambda();
  create("exports.handler = async () => { throw 'nothing' };");
  expect((await invoke()).Payload).toEqual({ errorType: "string", errorMessage: "nothing", trace: [] });
});

test("ends a handler that takes longer than the function's timeout, and discards its environment", async () => {
  const { create, invoke, reached, happened } = openLambda();
  create(
    `let warm = false;
const { setTimeout: wait } = require("node:timers/promises");
exports.handler = async ({ waitMs }) => { const was = warm; warm = true; await wait(waitMs); return was; };`,
    { timeoutSeconds: 2 },
  );
  expect((await invoke({ waitMs: 1999 })).Payload).toBe(false);
  expect((await invoke({ waitMs: 0 })).Payload).toBe(true);
  const { Payload } = await invoke({ waitMs: 60_000 });
  const { requestId, atMs } = happened("InvocationEnded")[2]!;
  expect(Payload).toEqual({
    errorType: "Sandbox.Timedout",
    errorMessage: `RequestId: ${requestId} Error: Task timed out after 2.00 seconds`,
  });
  expect(atMs - happened("InvocationStarted")[2]!.atMs).toBe(2000);
  expect((await invoke({ waitMs: 0 })).Payload).toBe(false);
  expect(reached).toEqual([]);
});

test("reports process.exit as the end of the runtime", async () => {
  const { create, invoke, happened } = openLambda();
  create("exports.handler = async () => { try { process.exit(3); } catch {} return 'survived'; };");
  const { FunctionError, Payload } = await invoke();
  const { requestId } = happened("InvocationStarted")[0]!;
  expect(FunctionError).toBe("Unhandled");
  expect(Payload).toEqual({
    errorType: "Runtime.ExitError",
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 3`,
  });
});

test.each([
  ["exports.handlr = 1;", "Runtime.HandlerNotFound", "index.handler is undefined or not exported"],
  ["throw new TypeError('no table');", "TypeError", "no table"],
  ["exports.handler = async () => {", "Runtime.UserCodeSyntaxError", "SyntaxError: Unexpected token ')'"],
  [
    "require('./gone');",
    "Runtime.ImportModuleError",
    "Error: Cannot find module './gone'\nRequire stack:\n- /var/task",
  ],
])("reports code that does not load: %s", async (source, errorType, errorMessage) => {
  const { create, invoke } = openLambda();
  create(source);
  expect((await invoke()).Payload).toMatchObject({ errorType, errorMessage });
});

test("turns down a response of more than 6 MB", async () => {
  const { create, invoke } = openLambda();
  create("exports.handler = async ({ size }) => 'x'.repeat(size);");
  expect((await invoke({ size: 6_291_554 })).FunctionError).toBeUndefined();
  expect((await invoke({ size: 6_291_555 })).Payload).toEqual({
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
  });
});

test.each([
  ["a payload over 6 MB", { Payload: `"${"x".repeat(6_291_455)}"` }, "RequestTooLargeException", 413],
  [
    "an event over 1 MB",
    { Payload: `"${"x".repeat(1_048_575)}"`, InvocationType: "Event" },
    "RequestTooLargeException",
    413,
  ],
  ["a payload that is not JSON", { Payload: "{" }, "InvalidRequestContentException", 400],
  ["a function that does not exist", { FunctionName: "other" }, "ResourceNotFoundException", 404],
  ["a name that cannot be one", { FunctionName: "no name" }, "ValidationException", 400],
])("turns down %s", (_what, input, code, statusCode) => {
  const { create, lambda } = openLambda();
  create("exports.handler = async () => 1;");
  const call = () => lambda.call("Invoke", { FunctionName: "handler", ...input }, operator);
  expect(call).toThrow(AwsError);
  expect(call).toThrow(expect.objectContaining({ code, statusCode }));
});

test.each([
  ["a name", "handler"],
  ["a name with a version", "handler:$LATEST"],
  ["a partial ARN", "000000000000:function:handler"],
  ["an ARN", "arn:aws:lambda:us-east-1:000000000000:function:handler"],
  ["an ARN with a version", "arn:aws:lambda:us-east-1:000000000000:function:handler:$LATEST"],
])("finds a function by %s", (_what, functionName) => {
  const { create, lambda } = openLambda();
  create("exports.handler = async () => 1;");
  const input = { FunctionName: functionName, InvocationType: "DryRun" };
  expect(lambda.call("Invoke", input, operator)).toEqual({ StatusCode: 204 });
});

test.each([
  ["the log tail", { FunctionName: "handler", LogType: "Tail" }, /LogType/],
  ["a client context", { FunctionName: "handler", ClientContext: "e30=" }, /ClientContext/],
])("refuses %s by name", (_what, input, message) => {
  const { create, lambda } = openLambda();
  create("exports.handler = async () => 1;");
  expect(() => lambda.call("Invoke", input, operator)).toThrow(message);
});
