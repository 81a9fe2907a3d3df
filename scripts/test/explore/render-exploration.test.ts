import { expect, test } from "vitest";
import { renderDrawn, renderWalked } from "../../src/report/render-exploration.ts";

const walked = {
  runs: 50,
  pruned: 10,
  states: 70,
  ways: 80,
  ends: 40,
  swept: 3,
  declared: 2,
  struck: 99,
  cpuSeconds: 5,
  finished: true,
  found: [],
};
const job = { module: "", title: "chain happy", without: undefined, seconds: 1, search: { part: "happy" } };

const cells = (table: string): string[][] =>
  table
    .split("\n")
    .filter((line) => line.startsWith("│"))
    .map((line) => line.split("│").map((cell) => cell.trim()));

test.each([
  ["a part", renderWalked, ["70", "80", "50", "10", "40", "3", "2", "5", "all"]],
  ["drawn runs", renderDrawn, ["50", "99", "3", "2", "5", "all"]],
])("each figure of %s has a title", (_what, render, figures) => {
  const [head, row] = cells(render([{ job, walked }]));
  expect(row!.slice(2, -1)).toEqual(figures);
  expect(head).toHaveLength(row!.length);
  expect(head!.slice(1, -1)).not.toContain("");
});
