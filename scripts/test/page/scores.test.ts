import { describe, expect, test } from "vitest";
import { emptyResult, type Result } from "../../src/judgement/results.ts";
import { againFor } from "../../src/page/commands.ts";
import { compareValues } from "../../src/page/scores/comparison.ts";
import { pairings, scoresOf } from "../../src/page/scores/score.ts";

/** A result in which variants made so many AWS calls and invocations. */
function counted(tallies: Readonly<Record<string, { awsCalls: number | "unknown"; invocations: number }>>): Result {
  const result = emptyResult("happy", Object.keys(tallies));
  for (const [name, counts] of Object.entries(tallies)) {
    const tally = result.variants[name]!;
    tally.counts = { ...tally.counts, ...counts };
  }
  return result;
}

describe("a metric", () => {
  test("is won by one and a half times or more", () => {
    expect(compareValues({ a: 10, b: 15 }, "fewer")).toEqual({
      phrase: "a: 1.5 times fewer",
      winner: "a",
      relative: { a: 1, b: 1.5 },
    });
    expect(compareValues({ a: 10, b: 14 }, "fewer")).toMatchObject({
      phrase: "no one: 1.40 times is less than 1.5",
      winner: undefined,
    });
  });

  test("that nobody wins says who is last, where that is beyond the threshold", () => {
    expect(compareValues({ a: 10, b: 10.5, c: 30, d: 30 }, "fewer")).toMatchObject({
      phrase: "no one: 1.05 times is less than 1.5",
      winner: undefined,
      last: "c and d last, ×3.00",
    });
    expect(compareValues({ a: 10, b: 11, c: 14 }, "fewer").last).toBeUndefined();
  });

  test("turns round when the variants change places", () => {
    expect(compareValues({ a: 30, b: 10 }, "fewer")).toMatchObject({ phrase: "b: 3.0 times fewer", winner: "b" });
    expect(compareValues({ a: 10, b: 30 }, "fewer")).toMatchObject({ phrase: "a: 3.0 times fewer", winner: "a" });
  });

  test("is won by nobody where one value is unknown: no data is not 0", () => {
    expect(compareValues({ a: "unknown", b: 10 }, "fewer")).toMatchObject({ winner: undefined, relative: {} });
    expect(compareValues({ a: "unknown", b: 10 }, "fewer").phrase).toMatch(/^unknown/);
  });

  test("held equal must not differ, and one of its own kind is not weighed", () => {
    expect(compareValues({ a: 1, b: 2 }, "parity")).toMatchObject({
      phrase: "differs, and must not",
      winner: undefined,
    });
    expect(compareValues({ a: 0, b: 9 }, "own")).toMatchObject({ phrase: "used by b; not weighed", winner: undefined });
    expect(compareValues({ a: 7, b: 7 }, "own").phrase).toBe("no difference");
  });

  test("is won by several together, and then by none of them alone", () => {
    expect(compareValues({ a: 1, b: 1, c: 4 }, "fewer")).toMatchObject({
      phrase: "a and b: 4.0 times fewer",
      winner: undefined,
    });
    expect(compareValues({ a: 0, b: 3 }, "fewer")).toMatchObject({ phrase: "a needs none", winner: "a" });
  });
});

describe("the rows of the scoreboard", () => {
  test("leave out what is 0 everywhere where that says nothing, and have it as soon as it is not", () => {
    const result = counted({ a: { awsCalls: 1, invocations: 1 }, b: { awsCalls: 1, invocations: 1 } });
    const ids = () => scoresOf([result], ["a", "b"], {}).map(({ metric }) => metric.id);
    expect(ids()).not.toContain("sweeps");
    result.variants["b"]!.sweeps = 2;
    expect(ids()).toContain("sweeps");
  });
});

describe("two variants", () => {
  test("win, tie and lose by the metrics of which less is better, each pair by itself", () => {
    const result = counted({
      a: { awsCalls: 10, invocations: 10 },
      b: { awsCalls: 30, invocations: 11 },
      c: { awsCalls: "unknown", invocations: 2 },
    });
    const ids = pairings(scoresOf([result], ["a", "b", "c"], {}), ["a", "b", "c"]).map(
      ({ left, right, wins, ties, losses }) => [
        left,
        right,
        ...[wins, ties, losses].map((all) => all.map(({ id }) => id)),
      ],
    );
    expect(ids).toEqual([
      ["a", "b", ["aws-calls"], ["invocations"], []],
      ["a", "c", [], [], ["invocations"]],
      ["b", "c", [], [], ["invocations"]],
    ]);
  });
});

describe("the command that shows a scenario again", () => {
  test("keeps the flags of the run", () => {
    expect(againFor("pnpm compare", "happy")).toBe("pnpm compare --scenario happy");
    expect(againFor("pnpm compare --scenario happy declined --seed 7", "declined")).toBe(
      "pnpm compare --scenario declined --seed 7",
    );
    expect(againFor("pnpm compare --seed 7", "declined")).toBe("pnpm compare --scenario declined --seed 7");
  });

  test("is the run's own where its orders were drawn or come from a file", () => {
    expect(againFor("pnpm compare --orders 10 --seed 7", "orders")).toBe("pnpm compare --orders 10 --seed 7");
    expect(againFor("pnpm compare --input a.ndjson", "orders")).toBe("pnpm compare --input a.ndjson");
  });
});
