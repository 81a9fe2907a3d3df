import { expect, test } from "vitest";
import { foldRepeats } from "../../src/explore/fold-repeats.ts";

const told = (texts: readonly string[]): string[] =>
  foldRepeats(texts.map((text, index) => ({ atMs: index, text }))).map(({ atMs, text }) => `${atMs} ${text.trim()}`);

const times = (count: number, ...texts: readonly string[]): string[] =>
  Array.from({ length: count }, () => texts).flat();

test("a story without repeats, and a line that comes twice, are told as they are", () => {
  expect(told(["a", "b", "b", "c", "a", "b"])).toEqual(["0 a", "1 b", "2 b", "3 c", "4 a", "5 b"]);
});

test("what comes again and again is told once, with how often and until when", () => {
  expect(told(["a", ...times(4, "b"), "c"])).toEqual(["0 a", "1 b", "4 … that 3 times more, until now", "5 c"]);
  expect(told([...times(3, "a", "b"), "a"])).toEqual([
    "0 a",
    "1 b",
    "5 … these 2 lines 2 times more, until now",
    "6 a",
  ]);
});

test("a sweep that fails for days is a few lines, however often each call in it was tried", () => {
  const sweep = ["a sweep begins", ...times(12, "the bus is away"), "the sweep fails"];
  expect(told(["an order is placed", ...times(80, ...sweep), "the bus is back"])).toEqual([
    "0 an order is placed",
    "1 a sweep begins",
    "2 the bus is away",
    "13 … that 11 times more, until now",
    "14 the sweep fails",
    "1120 … these 4 lines 79 times more, until now",
    "1121 the bus is back",
  ]);
});
