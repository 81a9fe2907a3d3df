import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as z from "zod";
import { bugs, labs } from "../src/lab/labs.ts";

const minutes = z.int().min(1);
/** How a part is done, where it is not as its text says. */
const as = z.string().optional();
const Part = z.union([
  z.strictObject({ lab: z.string(), minutes, as }),
  z.strictObject({ bug: z.string(), minutes, as }),
]);
const Cuts = z.array(z.strictObject({ minutes, parts: z.array(Part).min(1) }));

const folder = new URL("..", import.meta.url);
const cuts = Cuts.parse(JSON.parse(readFileSync(new URL("cuts.json", folder), "utf8")));
const page = readFileSync(new URL("INSTRUCTOR.md", folder), "utf8");

test.each(cuts)("the cut for $minutes minutes plans four fifths of them at the most, of what there is", (cut) => {
  const planned = cut.parts.reduce((sum, part) => sum + part.minutes, 0);
  expect(planned).toBeLessThanOrEqual(0.8 * cut.minutes);
  for (const part of cut.parts) {
    const found = "lab" in part ? labs.filter((each) => each.number === part.lab) : bugsNumbered(part.bug);
    expect(found, JSON.stringify(part)).not.toEqual([]);
    // A lab that takes another time than its text says is done in another way.
    if ("lab" in part && part.as === undefined) expect(part.minutes).toBe(found[0]!.minutes);
  }
});

test.each(cuts)(
  "the page for instructors has the cut for $minutes minutes as it is planned",
  ({ minutes: all, parts }) => {
    const planned = parts.reduce((sum, part) => sum + part.minutes, 0);
    const names = parts.map((part) => ("lab" in part ? part.lab : `bug ${part.bug}`)).join(", ");
    expect(page).toContain(`| ${all} | ${names} | ${planned} |`);
  },
);

const bugsNumbered = (number: string) => bugs.filter(({ bug }) => bug?.number === number);
