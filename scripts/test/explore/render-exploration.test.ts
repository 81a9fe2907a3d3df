import { expect, test } from "vitest";
import { renderDrawn, renderExploredFinding, renderWalked } from "../../src/report/render-exploration.ts";

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

const asked = (at: string, take: string, ...times: readonly number[]) => times.map((nth) => ({ at, nth, take }));

test("a question that is answered alike time after time takes one line of a finding", () => {
  const schedule = [
    ...asked("fault at a call", "the bus is away", 1),
    ...asked("is it away", "goes on", ...Array.from({ length: 300 }, (_, index) => index + 1)),
    ...asked("next", "another", 18),
    ...asked("is it away", "goes on", 301, 303),
  ];
  const stored = { variant: "choreography", orders: { scenario: "happy" }, schedule };
  expect(renderExploredFinding({ stored, story: [], violations: [] }).split("\n").slice(3, -3)).toEqual([
    "  fault at a call: the bus is away",
    "  is it away (1 to 300): goes on",
    "  next (18): another",
    "  is it away (301): goes on",
    "  is it away (303): goes on",
  ]);
});
