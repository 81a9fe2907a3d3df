import { describe, expect, test } from "vitest";
import { billedBytes } from "../src/billed-bytes.ts";
import { smallCloud } from "./events/small-cloud.ts";
import { openLambda } from "./lambda/opened.ts";
import { openStepFunctions } from "./states/open-step-functions.ts";

const stacked = (...at: string[]) => ["Error: bad", ...at.map((where) => `    at ${where}`)];

describe("the bytes of a text", () => {
  test("are those of UTF-8", () => expect(billedBytes('{"name":"Zoë"}')).toBe(15));

  const traces = [stacked("a (/var/task/index.js:1:2)", "async b [as handler]"), stacked("c (/x.js:30:40)"), stacked()];
  test.each([
    ["in JSON", (trace: string[]) => JSON.stringify({ errorMessage: "bad", trace })],
    ["in JSON within JSON", (trace: string[]) => JSON.stringify({ Cause: JSON.stringify({ trace, more: 1 }) })],
    ["thrice within", (trace: string[]) => JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ trace }) }) })],
    ["in a line of a log", (trace: string[]) => `ERROR\t${trace.join("\n")} {\n  code: 1\n}`],
    ["in the text of a stack", (trace: string[]) => JSON.stringify({ stack: trace.join("\n"), more: 1 })],
  ])("do not depend on a stack trace %s", (_, write) => {
    const [long, short, none] = traces.map((trace) => billedBytes(write(trace)));
    expect(long).toBe(short);
    // A line of a log shows where it stands, so something of it may be left.
    expect(Math.abs(short! - none!)).toBeLessThan(12);
  });

  test("leave out nothing that only looks like one", () => {
    for (const text of ["look  at this", '{"a":"look  at this"}']) expect(billedBytes(text)).toBe(text.length);
  });
});

describe("the log carries what a bill needs", () => {
  test("the whole entry of an event", async () => {
    const { put, clock, happenings } = smallCloud();
    put({ id: "o-1" });
    put({ id: "o-1" }, { Resources: ["arn"], Time: 1_767_225_600 });
    await clock.run();
    const bytes = "orders".length + "OrderCreated".length + '{"id":"o-1"}'.length;
    expect(happenings).toMatchObject([{ bytes }, { bytes: bytes + 3 + 14 }]);
  });

  test("a function's memory, what it was given, gave and logged", async () => {
    const { create, invoke, happened } = openLambda();
    create(`exports.handler = async ({ id }) => { process.stdout.write("seen\\n"); return { id }; };`, {
      memoryMegabytes: 256,
    });
    await invoke({ id: "o-1", cents: 700 });
    expect(happened("InvocationStarted")).toMatchObject([{ memoryMegabytes: 256, bytes: 24 }]);
    expect(happened("InvocationEnded")).toMatchObject([{ bytes: 12 }]);
    expect(happened("Log")).toMatchObject([{ line: "seen", bytes: 4 }]);
  });

  test("an error alike for two bundles of one source", async () => {
    const { create, invoke, happened } = openLambda();
    const failing = `exports.handler = async () => { console.error(new Error("bad")); throw new Error("bad"); };`;
    create(failing);
    create(`${"\n".repeat(99)}const again = async () => { ${failing.slice(31)} exports.handler = again;`, {
      functionName: "other",
    });
    await invoke();
    await invoke({}, "other");
    for (const type of ["InvocationEnded", "Log"] as const) {
      const [one, other] = happened(type).map(({ bytes }) => bytes);
      expect(one).toBeGreaterThan(0);
      expect(other).toBe(one);
    }
  });

  test("the data of each event of an execution", async () => {
    const { create, start, clock, happenings } = openStepFunctions();
    const Result = { done: true };
    const definition = {
      StartAt: "Do",
      States: {
        Do: { Type: "Pass", Result, Assign: { a: 1 }, Next: "No" },
        No: { Type: "Fail", Error: "Bad", Cause: "why" },
      },
    };
    start(create(definition), { input: '{"id":"o-1"}' });
    await clock.run();
    expect(happenings.map((happening) => [happening["event" as never], happening["bytes" as never]])).toEqual([
      ["ExecutionStarted", 12],
      ["PassStateEntered", 12],
      ["PassStateExited", '{"done":true}{"a":1}'.length],
      ["FailStateEntered", 13],
      ["ExecutionFailed", 6],
    ]);
  });

  test("the time and the memory of an Express execution, at its end", async () => {
    const { create, start, clock, happenings } = openStepFunctions();
    const definition = { StartAt: "W", States: { W: { Type: "Wait", Seconds: 7, End: true } } };
    start(create(definition, { type: "EXPRESS" }));
    await clock.run();
    const billed = happenings.filter((happening) => "billed" in happening);
    expect(billed).toMatchObject([{ event: "ExecutionSucceeded", billed: { durationMs: 7_000, memoryMegabytes: 64 } }]);
  });
});
