import { describe, expect, test } from "vitest";
import { bugs, labs } from "../src/lab/labs.ts";
import { statesOf } from "../src/lab/states.ts";
import { faultsIn, writtenOf } from "../src/lab/written.ts";

describe("the labs", () => {
  test("are there, in the order of the course, each with a number of its own", () => {
    expect(labs.length).toBeGreaterThan(0);
    expect(new Set(labs.map(({ number }) => number)).size).toBe(labs.length);
  });

  test.each(labs)("$slug is written as a lab is", async (lab) => {
    expect(faultsIn(await writtenOf(lab))).toEqual([]);
  });

  test.each(bugs)("$slug has a patch that fits the project", (bug) => {
    const { start, solution } = statesOf(bug);
    expect(start).not.toEqual(solution);
  });
});
