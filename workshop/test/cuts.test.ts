import { expect, test } from "vitest";
import { type Cut, cuts, faultsInCut, page } from "../src/lab/cuts.ts";

test.each(cuts)("the cut for $minutes minutes plans four fifths of them at the most, of what there is", (cut) => {
  expect(faultsInCut(cut, page)).toEqual([]);
});

const [whole] = cuts as [Cut];
const spoiled: readonly [rule: string, cut: Cut, fault: string][] = [
  [
    "plans 81 % of its time",
    { minutes: 100, parts: [{ lab: "00", minutes: 81, as: "slowly" }] },
    "the cut for 100 minutes plans 81 of them, and 80 are the most",
  ],
  [
    "gives a lab other minutes than its text",
    { minutes: 100, parts: [{ lab: "02", minutes: 29 }] },
    "the cut for 100 minutes gives 02 29 minutes, and its text 30",
  ],
  [
    "has a lab that there is not",
    { minutes: 100, parts: [{ lab: "13", minutes: 10 }] },
    "the cut for 100 minutes has 13, which there is not",
  ],
  [
    "is not on the page for instructors",
    { ...whole, minutes: 400 },
    "INSTRUCTOR.md does not have the line | 400 | 00, 01, 02, 03, 05, 06, 07, 10, 11, 12 | 235 |",
  ],
];

test.each(spoiled)("a cut that %s is found out", (_rule, cut, fault) => {
  expect(faultsInCut(cut, page)).toContain(fault);
});
