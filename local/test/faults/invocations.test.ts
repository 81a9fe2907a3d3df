import { describe, expect, test } from "vitest";
import type { Faults, InvocationFault, InvocationTry } from "../../src/faults/faults.ts";
import { defaultEventInvokeConfig } from "../../src/lambda/function.ts";
import { invokeFunction, openLambda, startMs } from "../lambda/opened.ts";

const second = 1_000;
const hour = 3_600 * second;
const queueArn = "arn:aws:sqs:us-east-1:000000000000:parked";
const faithful = "exports.handler = async (event) => event.word;";

function opened(faults: Faults, code = faithful) {
  const cloud = openLambda({ faults });
  cloud.create(code);
  const config = { ...defaultEventInvokeConfig, maximumEventAgeMs: hour, onFailureArn: queueArn };
  cloud.lambda.putEventInvokeConfig("handler", config);
  return cloud;
}

/** Strikes every try that begins in the first so many virtual milliseconds. */
const until = (untilMs: number, fault: InvocationFault): Faults => ({
  onInvocation: ({ atMs }) => (atMs - startMs < untilMs ? fault : undefined),
});

describe.each([
  ["throttle", "TooManyRequestsException", 429],
  ["service error", "ServiceException", 500],
] as const)("a %s", (fault, code, statusCode) => {
  test("puts an event back for 1 s, doubling to 300 s, and uses up no try", async () => {
    const { send, clock, happened } = opened(until(1_000 * second, fault));
    send({ word: "luck" });
    await clock.run();
    const waits = happened("Fault").map(({ atMs }) => atMs / second);
    expect(waits).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811]);
    expect(happened("InvocationStarted")).toMatchObject([{ atMs: 1_111 * second, attempt: 1 }]);
  });

  test("leaves the tries of function errors as they are", async () => {
    const { send, clock, happened } = opened(
      until(2 * second, fault),
      "exports.handler = async () => { throw new Error('no luck'); };",
    );
    send();
    await clock.run();
    expect(happened("InvocationStarted").map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  test("gives an event up at its age, and sends it to the destination", async () => {
    const { send, clock, happened, reached } = opened(until(2 * hour, fault));
    send({ word: "luck" });
    await clock.run();
    expect(happened("InvocationStarted")).toEqual([]);
    expect(reached.map(({ atMs }) => atMs)).toEqual([hour]);
    const record = JSON.parse(reached[0]!.input["MessageBody"] as string) as object;
    expect(record).toMatchObject({ requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: 0 } });
  });

  test("is the error that a synchronous caller gets", async () => {
    const { lambda, clock } = opened(until(hour, fault));
    const answer = invokeFunction(lambda, { FunctionName: "handler" });
    const failure = expect(answer).rejects.toMatchObject({ code, statusCode });
    await clock.run();
    await failure;
  });
});

test.each([
  ["out of memory", "Runtime.OutOfMemory"],
  ["crash", "Runtime.ExitError"],
] as const)("%s is a function error: a try is used up, and the next comes after a minute", async (fault, error) => {
  const tries: InvocationTry[] = [];
  const { send, clock, happened } = opened({ onInvocation: (each) => (tries.push(each) === 1 ? fault : undefined) });
  send({ word: "luck" });
  await clock.run();
  const ended = happened("InvocationEnded").map(({ atMs, error: of }) => [atMs / second, of]);
  expect(ended).toEqual([
    [0, error],
    [60, undefined],
  ]);
  expect(happened("Fault")).toMatchObject([{ fault, where: "handler", trace: { correlationId: "order-1" } }]);
  expect(tries.map(({ attempt, asynchronous, payload }) => [attempt, asynchronous, payload])).toEqual([
    [1, true, '{"word":"luck"}'],
    [2, true, '{"word":"luck"}'],
  ]);
});

test("an environment that is struck is gone, and with it what its code kept", async () => {
  let tries = 0;
  const counting = "let count = 0; exports.handler = async () => (count += 1);";
  const { invoke } = opened({ onInvocation: () => ((tries += 1) === 3 ? "crash" : undefined) }, counting);
  expect([(await invoke()).Payload, (await invoke()).Payload]).toEqual([1, 2]);
  expect((await invoke()).FunctionError).toBe("Unhandled");
  expect((await invoke()).Payload).toBe(1);
});

describe("Lambda's queue", () => {
  test("runs a function twice for one event, as one request", async () => {
    const { send, clock, happened } = opened({ onQueuedEvent: () => "duplicate" });
    send();
    await clock.run();
    const [first, again, ...more] = happened("InvocationStarted").map(({ requestId }) => requestId);
    expect([first, more]).toEqual([again, []]);
    expect(happened("Fault")).toMatchObject([{ fault: "duplicate", where: "queue of handler" }]);
  });

  test("holds one event back, so that a later one overtakes it", async () => {
    const { send, clock, happened } = opened(
      { onQueuedEvent: ({ payload }) => (payload.includes("first") ? { delayMs: 90 * second } : undefined) },
      "exports.handler = async (event) => console.log(event.word);",
    );
    send({ word: "first" });
    send({ word: "second" });
    await clock.run();
    const logged = happened("Log").map(({ line, atMs }) => [line.split("\t").at(-1), atMs / second]);
    expect(logged).toEqual([
      ["second", 0],
      ["first", 90],
    ]);
  });
});

test("a destination that loses its record never hears of the failure", async () => {
  const { send, clock, happened, reached } = opened(
    { onDestination: ({ destination }) => (destination === queueArn ? "lose record" : undefined) },
    "exports.handler = async () => { throw new Error('no luck'); };",
  );
  send();
  await clock.run();
  expect(happened("InvocationEnded")).toHaveLength(3);
  expect(reached).toEqual([]);
  expect(happened("Fault")).toMatchObject([{ fault: "lose record", where: `handler, ${queueArn}` }]);
});
