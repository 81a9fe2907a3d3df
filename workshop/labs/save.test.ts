import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { livedCopy } from "../src/check/check-copy.ts";
import { Compiler } from "../src/check/compiler.ts";
import { residents } from "../src/check/run-check.ts";
import { writeCopy } from "../src/copy/write-copy.ts";
import { labNamed } from "../src/lab/labs.ts";
import { projectRoot, solutionOf } from "../src/lab/states.ts";
import { inWords } from "../test/in-words.ts";

const lab = labNamed("2");
const copy = join(projectRoot, "out/workshop/save");
const rules = "choreography/src/rules.ts";
writeCopy(copy, solutionOf(lab));

/** In which variants a save makes stories be lived again, and what the check then says. */
async function after(save: () => void) {
  const before = new Map([...residents].map(([variant, { given }]) => [variant, given]));
  save();
  const verdict = inWords(await livedCopy({ lab, copy, seeds: 0 }));
  return { verdict, again: [...residents].flatMap(([name, { given }]) => (given > before.get(name)! ? [name] : [])) };
}

const comment = (file: string): void => appendFileSync(join(copy, file), "// Saved.\n");

describe("a save", () => {
  test("has the stories of the edited stack alone lived again", async () => {
    expect(inWords(await livedCopy({ lab, copy, seeds: 0 }))).toBe("passed");
    expect(await after(() => comment(rules))).toEqual({ verdict: "passed", again: ["choreography"] });
    const definition = "orchestration/src/definition.ts";
    expect(await after(() => comment(definition))).toEqual({ verdict: "passed", again: ["orchestration"] });
    const both = ["choreography", "orchestration"];
    const { verdict, again } = await after(() => comment("shared/src/errors.ts"));
    expect({ verdict, again: again.toSorted() }).toEqual({ verdict: "passed", again: both });
  });

  test("that changes nothing has no story lived again, and the verdict is the same", async () => {
    const broken = (text: string) => () => writeFileSync(join(copy, rules), text);
    const whole = solutionOf(lab).get(rules)!;
    const without = whole.replace(/^.*on: "ShippingFailed".*\n/m, "");
    const first = await after(broken(without));
    expect(first).toEqual({ verdict: expect.stringContaining("choreography: "), again: ["choreography"] });
    expect(await after(broken(without))).toEqual({ verdict: first.verdict, again: [] });
    expect(await after(broken(whole))).toEqual({ verdict: "passed", again: ["choreography"] });
  });
});

describe("a save that is no code is told by its place", () => {
  const compiler = new Compiler(copy);
  afterAll(() => compiler.close());
  const write = (file: string, text: string): void => writeFileSync(join(copy, file), text);
  const whole = solutionOf(lab).get(rules)!;
  const last = whole.split("\n").length;

  test("and so is one that is mended again", async () => {
    write(rules, whole);
    expect(await compiler.firstError()).toBeUndefined();
    write(rules, `${whole}/* é😀 */ export const often: number = "twice";\n`);
    const place = `${rules}(${last},24): error TS2322: `;
    expect(await compiler.firstError()).toContain(place);
    write("choreography/src/bus.ts", "export const bus = {;\n");
    expect(await compiler.firstError()).toContain("choreography/src/bus.ts(1,21): error TS1");
    rmSync(join(copy, "choreography/src/bus.ts"));
    expect(await compiler.firstError()).toContain(place);
    rmSync(join(copy, rules));
    expect(await compiler.firstError()).toContain("error TS2307: Cannot find module './rules.ts'");
    write(rules, whole);
    expect(await compiler.firstError()).toBeUndefined();
  });
});
