import { describe, expect, test } from "vitest";
import { applied, difference, footprint, PatchFailed, reversed } from "../src/source/patch.ts";
import { changesBetween, sourceOf, type Tree } from "../src/source/tree.ts";

const tree = (files: Readonly<Record<string, string>>): Tree => new Map(Object.entries(files));
const before = tree({ "shared/src/a.ts": "one\ntwo\nthree\n", "shared/src/b.ts": "here\n" });
const after = tree({ "shared/src/a.ts": "one\n2\nthree\n", "choreography/src/c.ts": "new\n" });
const patch = { file: "x.patch", text: difference(before, after) };

describe("a patch", () => {
  test("leads from one tree to the other, and back: changed, added and removed files", () => {
    expect(applied(before, patch)).toEqual(after);
    expect(reversed(after, patch)).toEqual(before);
  });

  test("is refused where the lines round its change are others now", () => {
    const moved = tree({ "shared/src/a.ts": "one\n2\n3\n", "shared/src/b.ts": "here\n" });
    expect(() => applied(moved, patch)).toThrow(PatchFailed);
    expect(() => applied(moved, patch)).toThrow("x.patch does not apply to shared/src/a.ts");
  });

  test("is refused where its file is gone", () => {
    expect(() => applied(tree({}), patch)).toThrow(PatchFailed);
  });

  test("is counted by side: lines that went and came, without the empty ones", () => {
    expect(footprint(patch.text)).toEqual({ shared: { files: 2, lines: 3 }, choreography: { files: 1, lines: 1 } });
    expect(footprint(difference(before, tree({ "shared/src/a.ts": "one\n\ntwo\nthree\n" })))).toEqual({
      shared: { files: 2, lines: 1 },
    });
  });
});

describe("a change from one tree to another", () => {
  test("names what came, what is another and what went, and nothing else", () => {
    expect(changesBetween(before, after)).toEqual({
      created: ["choreography/src/c.ts"],
      changed: ["shared/src/a.ts"],
      deleted: ["shared/src/b.ts"],
    });
  });

  test("leaves a variant as it was where it is in the other style alone", () => {
    expect(touched("choreography/src/c.ts")).toEqual(["choreography"]);
    expect(touched("orchestration/src/c.ts")).toEqual(["orchestration", "hybrid"]);
    expect(touched("orchestration/hybrid/src/c.ts")).toEqual(["orchestration", "hybrid"]);
    for (const file of ["shared/src/c.ts", "papers/bill.ts"]) expect(touched(file)).toHaveLength(3);
  });
});

/** The variants that are made of a file. */
const touched = (file: string): string[] =>
  ["choreography", "orchestration", "hybrid"].filter((variant) => sourceOf(variant, tree({ [file]: "" })).size > 0);
