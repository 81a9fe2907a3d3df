import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Bench } from "../../mutants/bench.ts";
import { buildMutants } from "../../mutants/build.ts";
import { verdictOn } from "../../mutants/command.ts";
import { Coverage } from "../../mutants/coverage.ts";
import { Kept } from "../../mutants/kept.ts";
import { type Mutant, mutantsOf, shuffled } from "../../mutants/mutant.ts";
import { mutatedFiles } from "../../mutants/mutated.ts";
import { wrongArguments } from "../../mutants/survivors.ts";
import { Unchanged } from "../../mutants/unchanged.ts";
import { isWhole } from "../family.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const fileOf = (name: string) => ({ name, content: readFileSync(join(root, name), "utf8") });
const keysOf = async (name: string, content: string) =>
  (await mutantsOf([{ name, content }])).mutants.map(({ key }) => key);

describe("a mutant", () => {
  const source = `export const isDue = (age: number) => age > 60;\n`;

  test("keeps its key where lines move, and its place whatever becomes of other files", async () => {
    const [before, after] = [await keysOf("a.ts", source), await keysOf("a.ts", `// Seconds.\n\n${source}`)];
    expect(before).toContain("a.ts EqualityOperator age > 60 -> age >= 60");
    expect(after).toEqual(before);
    const [a, b] = [
      { name: "a.ts", content: source },
      { name: "b.ts", content: source },
    ];
    const drawn = async (...files: (typeof a)[]) => shuffled((await mutantsOf(files)).mutants, 1).map(({ key }) => key);
    const both = await drawn(a, b);
    expect(await drawn(b, a)).toEqual(both);
    expect(await drawn(a)).toEqual(both.filter((key) => key.startsWith("a.ts")));
  });

  test("changes nothing that is only logged", async () => {
    expect(await keysOf("a.ts", `log("info", { due: 1 > 2 });\n`)).toEqual([]);
  });

  test("that is the same program, or none, is not drawn", async () => {
    const name = "shared/src/lifecycle.ts";
    const { content } = fileOf(name);
    const mutantWith = (text: string) => ({ file: name, source: text }) as Mutant;
    const unchanged = new Unchanged(root);
    expect(await unchanged.is(mutantWith(`// More.\n${content}`))).toBe(true);
    expect(await unchanged.is(mutantWith("this is no source"))).toBe(true);
    expect(await unchanged.is(mutantWith(content.replace("[...statusesUnderWay", "[...[]")))).toBe(false);
  });
});

// A build, and a thread that loads all behaviours.
describe.runIf(isWhole)("in one build of all mutants", () => {
  const bench = new Bench();
  const folder = mkdtempSync(join(tmpdir(), "mutants-"));
  let module: string;
  let mutants: readonly Mutant[];
  beforeAll(async () => {
    const made = await mutantsOf(["choreography/src/rules.ts", "scripts/src/judgement/judge.ts"].map(fileOf));
    ({ mutants } = made);
    ({ module } = await buildMutants(folder, made.instrumented));
  }, 60_000);
  afterAll(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });
  const idOf = (text: string) => mutants.find(({ key }) => key.includes(text))!.id;

  test("one that breaks the rules of a choreography is killed, and the next finds nothing of it", async () => {
    const active = idOf('{ on: "PaymentDeclined", wakes: "ReleaseInventory" } -> {}');
    const parts = { compare: ["happy", "declined"] };
    const question = { module, isLoadedAnew: true, parts };
    const killed = await bench.try({ ...question, active }, () => Infinity);
    expect(killed.killedBy).toBeDefined();
    expect(await bench.try({ ...question, active: "none" }, () => Infinity)).toEqual({});
    expect(await bench.try({ ...question, active: "none", isLoadedAnew: false }, () => Infinity)).toEqual({});
  });

  test("one of the judge is killed by its table, and one that takes too long by its limit", async () => {
    const active = idOf("EqualityOperator findings.length > 0 -> findings.length <= 0");
    const question = { module, active, isLoadedAnew: false };
    expect(await bench.try({ ...question, parts: { "judge's table": ["verdicts"] } }, () => Infinity)).toMatchObject({
      killedBy: "judge's table: verdicts",
    });
    expect(await bench.try({ ...question, parts: { duplicates: ["none"] } }, () => Infinity)).toEqual({});
    const impatient = new Bench(10);
    const overdue = await impatient.try({ ...question, active: "none", isLoadedAnew: true }, () => 0);
    expect(overdue).toMatchObject({ why: "did not come to an end" });
    await impatient.close();
  });
});

test.runIf(isWhole)(
  "a mutant is not killed by the memory that others took, and is by what it takes itself",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "memory-"));
    const module = join(folder, "greedy.mjs");
    writeFileSync(
      module,
      `const kept = [];
    const takes = (megabytes) => () => {
      for (let taken = 0; taken < megabytes; taken += 1) kept.push(new Array(131_072).fill(0));
      return [];
    };
    export const behaviours = [
      { name: "greed", parts: () => [{ name: "some", wrong: takes(30) }, { name: "all", wrong: takes(300) }] },
    ];`,
    );
    const bench = new Bench(1_000, 100);
    const taking = (part: string) =>
      bench.try({ module, active: "none", isLoadedAnew: false, parts: { greed: [part] } }, () => Infinity);
    for (let times = 0; times < 6; times += 1) expect(await taking("some")).toEqual({});
    expect((await taking("all")).why).toContain("out of memory");
    await bench.close();
    rmSync(folder, { recursive: true });
  },
);

test("a mutant is tried on the parts that come by it, and on all where it changes what is loaded", () => {
  const parts = [
    { behaviour: "compare", part: "happy", wrong: [], covered: ["1", "2"], cpuMs: 40 },
    { behaviour: "compare", part: "declined", wrong: [], covered: ["2"], cpuMs: 50 },
  ];
  const coverage = new Coverage([{ imported: ["2"], loaded: ["3"], synthesized: ["4"], templates: "digest", parts }]);
  const asked = (id: string) => coverage.questionOf({ id } as Mutant, "module");
  expect(asked("1")).toMatchObject({ isLoadedAnew: false, parts: { compare: ["happy"] } });
  for (const id of ["2", "3"]) expect(asked(id)).toMatchObject({ isLoadedAnew: true, parts: undefined });
  expect(asked("4")).toMatchObject({ isLoadedAnew: true, templates: "digest" });
  expect(asked("5")).toBeUndefined();
  expect([coverage.cpuMsOf("compare: declined"), coverage.cpuMsOf("load")]).toEqual([50, undefined]);
});

test("what killed a mutant in an earlier build is tried first in the next", () => {
  const builds = mkdtempSync(join(tmpdir(), "kept-"));
  const killed = { key: "a -> b", killedBy: "compare: happy", why: "must end SHIPPED" };
  new Kept(builds, "earlier").add(killed);
  new Kept(builds, "earlier").add({ key: "c -> d" });
  const kept = new Kept(builds, "now");
  expect([...kept.killers()]).toEqual([["a -> b", "compare: happy"]]);
  expect(kept.trials().size).toBe(0);
  kept.add(killed);
  expect([...new Kept(builds, "now").trials().values()]).toEqual([killed]);
  rmSync(builds, { recursive: true });
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

test("too few that are killed are invalid, and a survivor without an argument is unknown", () => {
  const isArguedFor = true;
  expect(verdictOn({ killed: 95, drawn: 100, isArguedFor })).toBe("valid");
  expect(verdictOn({ killed: 94, drawn: 100, isArguedFor })).toBe("invalid");
  expect(verdictOn({ killed: 99, drawn: 100, isArguedFor: false })).toBe("unknown");
  expect(verdictOn({ killed: 0, drawn: 0, isArguedFor })).toBe("unknown");
});
