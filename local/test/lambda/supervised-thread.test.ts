import { expect, onTestFinished, test } from "vitest";
import { SupervisedThread } from "../../src/supervised-thread.ts";
import { startMs } from "./opened.ts";

interface Answer {
  readonly Payload: unknown;
  readonly calls: number;
  readonly atMs: number;
}

/** A thread with one function for each source. */
function thread(sources: Record<string, string>, stallMs = 120) {
  const script = new URL("stalling-thread.ts", import.meta.url);
  const supervised = new SupervisedThread<Record<string, string>, string, Answer>({
    script,
    data: { counts: "let count = 0; exports.handler = async () => (count += 1);", ...sources },
    stallMs,
    heapMegabytes: 64,
  });
  onTestFinished(() => supervised.close());
  return supervised;
}

const call = `const call = () => new Promise((resolve) => {
  const headers = { "x-amz-target": "DynamoDB_20120810.ListTables" };
  const host = "dynamodb.us-east-1.amazonaws.com";
  require("https").request({ method: "POST", host, headers }, resolve).end();
});
`;

const isWhole = process.env["FAMILY"] === "all";

test("handlers that loop time out, one after the other, and the run goes on as it had been", async () => {
  const loops = {
    ...(isWhole && {
      plainly: "exports.handler = async () => { for (;;); };",
      whileLoading: "for (;;);",
      inMicrotasks: "exports.handler = async () => { for (;;) await null; };",
    }),
    inATimer: "exports.handler = () => new Promise(() => setTimeout(() => { for (;;); }, 1000));",
  };
  const supervised = thread(loops);
  expect((await supervised.ask("counts")).Payload).toBe(1);
  let atMs = startMs;
  for (const name of Object.keys(loops)) {
    expect(await supervised.ask(name)).toMatchObject({
      Payload: { errorType: "Sandbox.Timedout", errorMessage: expect.stringMatching(/timed out after 3.00 seconds$/) },
      atMs: (atMs += 3000),
    });
  }
  expect((await supervised.ask("counts")).Payload).toBe(2);
});

test.runIf(isWhole)("native code that takes long times out by the clock, once it gave back control", async () => {
  const derives = "exports.handler = async () => { require('crypto').pbkdf2Sync('a', 'b', 1e6, 64, 'sha512'); };";
  const supervised = thread({ derives });
  expect((await supervised.ask("counts")).Payload).toBe(1);
  expect((await supervised.ask("derives")).Payload).toMatchObject({ errorType: "Sandbox.Timedout" });
  expect((await supervised.ask("counts")).Payload).toBe(2);
});

test.runIf(isWhole)(
  "what a handler did before it looped has happened, and a second loop ends the run by its name",
  async () => {
    const supervised = thread({ loops: `${call} exports.handler = async () => { await call(); for (;;); };` });
    expect(await supervised.ask("loops")).toMatchObject({ Payload: { errorType: "Sandbox.Timedout" }, calls: 1 });
    await expect(supervised.ask("loops")).rejects.toThrow(
      "the function loops had to be stopped twice: timed out, then timed out",
    );
  },
);

test("a repetition begins where the clouds were last as new, and ends what it has to end there", async () => {
  const supervised = thread({ loops: "exports.handler = async () => { for (;;); };" });
  for (const count of [1, 2, 3]) expect((await supervised.ask("counts")).Payload).toBe(count);
  expect(await supervised.askAnew("as new")).toMatchObject({ calls: 0, atMs: startMs });
  expect((await supervised.ask("counts")).Payload).toBe(4);
  expect((await supervised.ask("loops")).Payload).toMatchObject({ errorType: "Sandbox.Timedout" });
  // The thread that repeats the run has counted what it was asked since, and nothing before.
  expect((await supervised.ask("counts")).Payload).toBe(2);
});

test.runIf(isWhole)("a handler that fills the memory runs out of it, and the run goes on", async () => {
  const fills = "exports.handler = async () => { const kept = []; for (;;) kept.push(new Array(1e5).fill(0.5)); };";
  const supervised = thread({ fills }, 30_000);
  expect((await supervised.ask("counts")).Payload).toBe(1);
  expect((await supervised.ask("fills")).Payload).toEqual({
    errorType: "Runtime.OutOfMemory",
    errorMessage: expect.stringMatching(/Error: Runtime exited with error: signal: killed$/),
  });
  expect((await supervised.ask("counts")).Payload).toBe(2);
});

test.runIf(isWhole)(
  "a thread that is closed while a handler runs answers no more, and is not begun again",
  async () => {
    const supervised = thread({ loops: "exports.handler = async () => { for (;;); };" });
    expect((await supervised.ask("counts")).Payload).toBe(1);
    const asked = expect(supervised.ask("loops")).rejects.toThrow("the thread was closed before it answered");
    await supervised.close();
    await asked;
  },
);
