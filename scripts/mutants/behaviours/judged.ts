import { isDeepStrictEqual } from "node:util";
import { judge } from "../../src/judgement/judge.ts";
import { together } from "../../src/judgement/verdict.ts";
import { alsoBroken, broken, type Case, findingsOf, fine } from "../../test/judgement/broken.ts";
import { batch, outcome, shipped } from "../../test/judgement/outcomes.ts";
import type { Part } from "./behaviour.ts";

/** An outcome that breaks a rule is found by that rule and no other; what breaks none is not found. */
export const judged = (): Part[] => [
  ...Object.entries(broken).map(([id, each]) => ({ name: id, wrong: () => unfound(id, each) })),
  ...alsoBroken.map(({ id, ...each }) => ({ name: each.finding, wrong: () => unfound(id, each) })),
  ...Object.entries(fine).map(([name, each]) => ({ name, wrong: () => [...findingsOf(each)] })),
  { name: "verdicts", wrong: wrongVerdicts },
];

function unfound(id: string, each: Case): string[] {
  const found = [...findingsOf(each)];
  return [
    ...(isDeepStrictEqual(found, [each.finding]) ? [] : [`found ${found.join("; ") || "nothing"}`]),
    ...(findingsOf(each, id).size > 0 ? ["another rule finds the same"] : []),
  ];
}

/** No data is never valid. */
function wrongVerdicts(): string[] {
  const nothing = { ...outcome(shipped), evidence: [], shelf: {} };
  const seen = [
    judge({ ...batch, ends: ["SHIPPED"] }, { one: outcome(shipped) }).verdict,
    judge({ ...batch, ends: ["INVENTORY_FAILED"] }, { one: outcome(shipped) }).verdict,
    judge({ ...batch, stock: {}, placements: [] }, { one: nothing }).verdict,
    judge({ ...batch, stock: {} }, { one: nothing }).verdict,
    together([]),
    together(["valid"]),
    together(["valid", "unknown"]),
    together(["valid", "unknown", "invalid"]),
  ].join();
  return seen === "valid,invalid,unknown,unknown,unknown,valid,unknown,invalid" ? [] : [`the verdicts are ${seen}`];
}
