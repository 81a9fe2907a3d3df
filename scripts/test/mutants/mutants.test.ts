import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { Bench } from "../../mutants/bench.ts";
import { draw, mutantsOf } from "../../mutants/mutant.ts";
import { mutatedFiles } from "../../mutants/mutated.ts";
import { wrongArguments } from "../../mutants/survivors.ts";
import { isWhole } from "../family.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const bench = new Bench();
afterAll(() => bench.close());

const changed = (file: string, text: string, other: string) => {
  const source = readFileSync(root + file, "utf8");
  expect(source).toContain(text);
  return { file, source: source.replace(text, other) };
};

describe("a mutant", () => {
  test("keeps its key where lines move, and is drawn whatever becomes of other files", async () => {
    const source = `export const isDue = (age: number) => age > 60;\n`;
    const [before, after] = [await mutantsOf("a.ts", source), await mutantsOf("a.ts", `// Seconds.\n\n${source}`)];
    expect(before.map(({ key }) => key)).toContain("a.ts EqualityOperator age > 60 -> age >= 60");
    expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
    const others = await mutantsOf("b.ts", source);
    const drawn = draw([...before, ...others], 4, 1);
    expect(draw([...others, ...after], 4, 1).map(({ key }) => key)).toEqual(drawn.map(({ key }) => key));
    expect(new Set(drawn.map(({ key }) => key)).size).toBe(4);
  });

  test("changes nothing that is only logged", async () => {
    expect(await mutantsOf("a.ts", `log("info", { due: 1 > 2 });\n`)).toEqual([]);
  });

  // A build, and a thread that runs all behaviours until one goes wrong.
  test.runIf(isWhole)("that breaks the rules of the choreography is killed by the comparison", async () => {
    const rule = '  { on: "PaymentDeclined", wakes: "ReleaseInventory" },\n';
    const trial = await bench.try(changed("choreography/src/rules.ts", rule, ""), () => Infinity, []);
    expect(trial).toMatchObject({ killedBy: "compare", why: "declined: must end INVENTORY_RELEASED" });
  });

  test.runIf(isWhole)("that does not come to an end is killed by its limit", async () => {
    const begin = "): Judgement {\n";
    const endless = changed("scripts/src/judgement/judge.ts", begin, `${begin}  for (;;);\n`);
    expect(await bench.try(endless, () => 300, [])).toMatchObject({
      killedBy: "judge's table",
      why: "did not come to an end",
    });
  });

  test.runIf(isWhole)("that does not even load is killed too", async () => {
    const [file, source] = ["shared/src/lifecycle.ts", "this is no source"];
    expect(await bench.try({ file, source }, () => Infinity, [])).toMatchObject({ killedBy: "build" });
  });
});

test("every folder that the saga and its judgement are made of has mutants", () => {
  const folders = new Set(mutatedFiles(root).map((file) => file.split("/").slice(0, -1).join("/")));
  expect(folders).toEqual(
    new Set([
      "choreography/src",
      "orchestration/src",
      "scripts/src/judgement",
      "shared/src",
      "shared/src/aws",
      "shared/src/infra",
      "shared/src/steps",
    ]),
  );
});

test("a survivor needs an argument, and an argument a survivor", () => {
  const given = { "a -> b": "nobody can see it", "c -> d": "nor this", "e -> f": "nor that" };
  expect(wrongArguments(given, ["a -> b", "g -> h"], ["c -> d"])).toEqual([
    "survived without an argument: g -> h",
    "is killed, so its argument is wrong: c -> d",
    "has an argument, and is not among the mutants: e -> f",
  ]);
});
