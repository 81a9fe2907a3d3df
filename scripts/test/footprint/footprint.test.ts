import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Template } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { linesOf } from "../../src/footprint/footprint.ts";
import { apply, fileOf, ownerOf, patchOf, sizeOf } from "../../src/footprint/patches.ts";
import { chainOf, changeRequests } from "../../src/footprint/requests.ts";
import { sourceOf } from "../../src/footprint/source-of.ts";
import { changeOf } from "../../src/footprint/template-change.ts";
import { pair, variantNamed, variants } from "../../src/variants.ts";
import { isWhole } from "../family.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const owners = ["shared", ...new Set(variants.map(ownerOf))];
const named = changeRequests.map((request) => [request.name, request] as const);

describe("the change request", () => {
  test.each(named)("%s applies to the project as it is, after those it comes after", (_name, request) => {
    const copy = mkdtempSync(join(tmpdir(), "footprint-"));
    try {
      const patches = chainOf(request).flatMap(({ name }) => owners.map((owner) => patchOf(name, owner)));
      for (const file of new Set(
        patches
          .flat()
          .filter((each) => each.oldFileName !== "/dev/null")
          .map(fileOf),
      )) {
        mkdirSync(dirname(join(copy, file)), { recursive: true });
        // Made by a request before this one.
        const isThere = patches.flat().every((each) => fileOf(each) !== file || each.oldFileName !== "/dev/null");
        if (isThere) writeFileSync(join(copy, file), readFileSync(join(root, file)));
      }
      for (const patch of patches) expect(() => apply(patch, copy)).not.toThrow();
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  test.each(named)("%s is granted in the pair, and each patch stays in what its owner owns", (name) => {
    const folders = new Map(variants.map((each) => [ownerOf(each), fileURLToPath(each.folder).slice(root.length)]));
    for (const owner of owners) {
      const files = patchOf(name, owner).map(fileOf);
      // The folder of a variant may lie in another's.
      const whose = (file: string) =>
        [...folders]
          .filter(([, folder]) => file.startsWith(folder))
          .toSorted((a, b) => b[1].length - a[1].length)[0]?.[0] ?? "shared";
      expect(files.filter((file) => whose(file) !== owner)).toEqual([]);
    }
    for (const variant of pair) expect(patchOf(name, ownerOf(variant))).not.toEqual([]);
  });

  test("is counted by lines that came and lines that went", async () => {
    const size = sizeOf(patchOf("fraud-check", "choreography"));
    // InventoryReserved wakes another, and three rules are new.
    expect(size).toEqual({ files: 1, lines: 1 + 1 + 3 });
    expect(await linesOf(variantNamed("choreography"))).toBeGreaterThan(size.lines);
  });

  test.runIf(isWhole)("counts of another's source what a variant runs of it, and leaves out the rest", async () => {
    const source = await sourceOf(variantNamed("express-sync"));
    expect(source).toContain("orchestration/src/definition.ts");
    expect(source).toContain("orchestration/express/src/stack.ts");
    expect(source).not.toContain("orchestration/src/stack.ts");
    // It has nothing of its own to change for a refusal, and all of the orchestration's.
    expect(patchOf("card-blocked", "express")).toEqual([]);
    const { lines } = sizeOf(patchOf("card-blocked", "orchestration"));
    const all = changeRequests.map(({ name }) => sizeOf(patchOf(name, "express")).lines);
    expect(await linesOf(variantNamed("express-sync"))).toBeGreaterThan(lines + Math.max(...all));
    // Whoever listens to the bus needs no state that tells it.
    const express = await linesOf(variantNamed("express-async"));
    expect(await linesOf(variantNamed("hybrid"))).toBeLessThan(express);
  });
});

const rule = (event: string, target: string) => ({
  Type: "AWS::Events::Rule",
  Properties: { EventPattern: { "detail-type": [event] }, Targets: [{ Arn: { "Fn::GetAtt": [target, "Arn"] } }] },
});
const machine = (States: object) => ({
  Type: "AWS::StepFunctions::StateMachine",
  Properties: { DefinitionString: JSON.stringify({ StartAt: "A", States }) },
});
const code = (key: string) => ({
  Type: "AWS::Lambda::Function",
  Properties: { Code: { S3Key: key }, MemorySize: 512 },
});
const change = (before: Template["Resources"], after: Template["Resources"]) =>
  changeOf({ Resources: before }, { Resources: after });

describe("a change of a template", () => {
  test("is the rules, functions and machines that are deployed anew, whatever the bundle", () => {
    expect(change({ F: code("one") }, { F: code("two") })).toEqual({ deployables: [], contracts: [] });
    expect(change({ R: rule("A", "F") }, { R: rule("A", "F"), S: rule("B", "G") })).toEqual({
      deployables: ["S"],
      contracts: ["B wakes G"],
    });
  });

  test("has each hand-over that is new or gone, by rule or by state", () => {
    expect(change({ R: rule("A", "F") }, { R: rule("A", "G") }).contracts).toEqual(["A wakes F", "A wakes G"]);
    const before = { M: machine({ A: { Next: "B", Catch: [{ ErrorEquals: ["Refused"], Next: "C" }] }, B: {}, C: {} }) };
    const after = { M: machine({ A: { Next: "B" }, B: { Default: "C", Choices: [{ Next: "A" }] }, C: {} }) };
    expect(change(before, after)).toEqual({
      deployables: ["M"],
      contracts: ["A after Refused: C", "B leads to A", "B leads to C"],
    });
  });
});
