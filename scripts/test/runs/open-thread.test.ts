import { expect, test } from "vitest";
import type { Batch } from "../../src/orders/batch.ts";
import { drawnBatches } from "../../src/orders/batches.ts";
import type { ThreadAnswer } from "../../src/runs/embedded-runner.ts";
import type { RunLine } from "../../src/runs/log/run-line.ts";
import { openThread } from "../../src/runs/open-thread.ts";
import { pair } from "../../src/variants.ts";
import { isWhole } from "../family.ts";

const variant = pair[0]!;

/** A thread's answers to these batches; each word "fresh" makes its cloud as new. */
async function answers(seed: number, ...questions: (Batch | "fresh")[]): Promise<ThreadAnswer[]> {
  const data = { module: variant.module, profile: "equal", seed, faults: [], beganMs: 0 } as const;
  const thread = await openThread(data, { state: new SharedArrayBuffer(264), ended: new Map() });
  const all: ThreadAnswer[] = [];
  for (const each of questions) all.push(await (each === "fresh" ? thread.startAfresh() : thread.run(each)));
  return all;
}

const linesOf = (answer: ThreadAnswer): RunLine[] =>
  "log" in answer ? answer.log.lines.map(({ text }) => JSON.parse(text) as RunLine) : [];

/** What happened in the batch; before the first, a rule is disabled. */
const told = (answer: ThreadAnswer) =>
  linesOf(answer).flatMap((line) => ("batch" in line && line.batch === "orders" ? [{ ...line, realMs: 0 }] : []));

test("a batch is told alike by a cloud that is made as new and by a new one, whatever ran before", async () => {
  const [one, other] = [...drawnBatches(4, 1, ""), ...drawnBatches(4, 2, "-other")] as [Batch, Batch];
  const [alone] = await answers(3, one);
  const [, , after] = await answers(3, other, "fresh", one);
  expect(told(after!).length).toBeGreaterThan(100);
  expect(told(after!)).toEqual(told(alone!));
});

test.runIf(isWhole)(
  "a seed lets few invocations of a function be under way at once, so few environments are needed",
  async () => {
    const [answer] = await answers(1, ...drawnBatches(8, 1, ""));
    const underWay = new Map<string, number>();
    let most = 0;
    for (const line of linesOf(answer!)) {
      if (line.type !== "InvocationStarted" && line.type !== "InvocationEnded") continue;
      const now = (underWay.get(line.functionName) ?? 0) + (line.type === "InvocationStarted" ? 1 : -1);
      underWay.set(line.functionName, now);
      most = Math.max(most, now);
    }
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(3);
  },
);
