import { describe, expect, test } from "vitest";
import { ownPrices, pricesIn, readPrices } from "../../src/bill/prices.ts";
import { type SagaRun } from "../../src/sweep/run-saga.ts";
import { type SweptSize, trendsOf } from "../../src/sweep/sweep-report.ts";
import { sweep } from "../../src/sweep/sweep.ts";

const prices = pricesIn(readPrices(ownPrices), "us-east-1");

describe("a generated saga", () => {
  test("of three steps, of which two may refuse, takes in each style what was counted by hand", async () => {
    const [size] = await sweep([{ steps: 3, errorPaths: 2 }], prices);
    // Three orders. One goes through: 3 steps. Step 3 refuses one: 3 steps, 2 undos. Step 2 another: 2 steps, 1 undo.
    const functions = 3 + 5 + 3;
    expect(size!.styles.choreographed).toMatchObject({
      // Each function says an event, and so does the client.
      messages: functions + (functions + 3),
      transitions: 0,
      waits: 0,
      // 1>2, 2>3, 3>undo 2, undo 2>undo 1, 2>undo 1.
      links: 5,
      // Those, and that of the first step, which hears the client.
      places: 6,
    });
    expect(size!.styles.orchestrated).toMatchObject({
      messages: functions,
      // A Fail state ends the two that are refused.
      transitions: functions + 2,
      waits: functions,
      // To each of three steps and two undos.
      links: 5,
      places: 1,
    });
    const [events, transitions] = [(functions + 3) / 3, (25 * (functions + 2)) / 3];
    expect(size!.styles.choreographed.usdPerMillion).toBeGreaterThan(events);
    expect(size!.styles.orchestrated.usdPerMillion).toBeGreaterThan(transitions);
  }, 60_000);
});

const run = (links: number): SagaRun => ({
  messages: 1,
  transitions: 1,
  waits: 1,
  links,
  places: 1,
  usdPerMillion: 1,
});
const size = (steps: number, choreographed: number, orchestrated: number): SweptSize => ({
  steps,
  errorPaths: 0,
  styles: { choreographed: run(choreographed), orchestrated: run(orchestrated) },
});
const linksOf = (...sizes: SweptSize[]) => trendsOf(sizes).find(({ measure }) => measure === "links")!;

describe("the claim that orchestration pays off as sagas grow", () => {
  test.each([
    [30, "pays off as sagas grow"],
    [14, "neither gains nor loses"],
    [6, "loses as sagas grow"],
  ] as const)("where the choreography needs %i links instead of 10 in the end: it %s", (links, says) => {
    expect(linksOf(size(2, 2, 2), size(10, links, 10))).toMatchObject({ smallest: 1, orchestration: says });
  });
});
