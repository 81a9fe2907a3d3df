import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { canStrike } from "../../src/faults/applies.ts";
import { isBeyondBudget } from "../../src/faults/beyond-budget.ts";
import { type Cell, nameOf } from "../../src/faults/cells.ts";
import { kindNames } from "../../src/faults/kinds.ts";
import { knownDifferences } from "../../src/faults/known-differences.ts";
import { Matrix } from "../../src/faults/matrix.ts";
import { readPlan } from "../../src/faults/plan.ts";
import { declaredFor } from "../../src/judgement/declared.ts";
import { renderDifferences } from "../../src/report/render-differences.ts";
import { pair, variants } from "../../src/variants.ts";
import { isWhole } from "../family.ts";

describe("the matrix", () => {
  let matrix: Matrix;
  let cells: readonly Cell[];
  beforeAll(async () => {
    matrix = await Matrix.open(pair);
    cells = await matrix.cells();
  });
  const named = (name: string): Cell => cells.find((cell) => nameOf(cell) === name)!;

  test("has cells for every kind of fault there is, each under a name of its own", () => {
    expect(new Set(cells.map(({ kind }) => kind))).toEqual(new Set(kindNames));
    expect(new Set(cells.map(nameOf)).size).toBe(cells.length);
  });

  test.each([
    "happy/CreateOrder/order-table/fail-after/1-try",
    "happy/ReserveInventory/inventory/conflict/1-try",
    "happy/ChargePayment/payment-gateway/late-effect/1-try",
    "happy/ChargePayment/payment-gateway/time-out/3-tries",
    "happy/ShipOrder/carrier/fail-after/3-tries",
    "shipping-refused/RefundPayment/payment-gateway/server-error/1-try",
    "declined/ReleaseInventory/lambda/out-of-memory/1-try",
  ])("%s ends alike in every variant", async (name) => {
    const { ends, findings } = await matrix.run(named(name));
    expect(findings).toEqual([]);
    expect(Object.values(ends)).not.toContain(undefined);
  });

  test("counts a variant without what is struck as not applicable: the other ends as if undisturbed", async () => {
    const { ends, findings } = await matrix.run(named("happy/ChargePayment/rule-target/duplicate/1-try"));
    expect(findings).toEqual([]);
    expect(Object.values(ends)).toEqual(["SHIPPED", undefined]);
  });

  test.each([
    ["happy/ReserveInventory/failure-destination/record-lost/1-try", "SHIPPED"],
    ["happy/ShipOrder/event-bus/server-error/600-s", "SHIPPED"],
    ["declined/ReleaseInventory/event-bus/entry-refused/3-tries", "INVENTORY_RELEASED"],
    ["refund-fails/ParkOrder/lambda/out-of-memory/3-tries", "NEEDS_ATTENTION"],
    ["refund-fails/ParkOrder/failure-destination/record-lost/1-try", "NEEDS_ATTENTION"],
  ])("%s is beyond the budget: the sweeper brings the order to its end, %s, and that is said", async (name, end) => {
    const cell = named(name);
    expect(isBeyondBudget(cell, "equal")).toBe(true);
    const { ends, findings, sweeps } = await matrix.run(cell);
    expect(findings).toEqual([]);
    expect(new Set(Object.values(ends).filter(Boolean))).toEqual(new Set([end]));
    expect(Object.values(sweeps).reduce((sum, each) => sum + each)).toBeGreaterThan(0);
  });

  test("lets no sweeper act within the budget: what only it would bring on is stuck there", async () => {
    const cell: Cell = {
      ...named("happy/ReserveInventory/failure-destination/record-lost/1-try"),
      kind: "fail-before",
    };
    expect(isBeyondBudget(cell, "equal")).toBe(false);
    const { findings } = await matrix.run(cell);
    expect(findings.map(({ what }) => what)).toContain("stuck in PENDING");
  });

  test.each(knownDifferences)("has a cell for what must differ: $because", async (difference) => {
    const cell = cells.find(
      ({ step, dependency, kind, extent }) =>
        step === (difference.step ?? step) &&
        dependency === (difference.dependency ?? dependency) &&
        kind === (difference.kinds?.[0] ?? kind) &&
        difference.extents.includes(extent),
    )!;
    const { findings, known } = await matrix.run(cell);
    expect(findings).toEqual([]);
    expect(known.map(({ because }) => because)).toContain(difference.because);
  });

  test("finds a fault that never fired", async () => {
    const cell = named("happy/ShipOrder/carrier/time-out/1-try");
    const never: Cell = { ...cell, plan: [{ kind: cell.kind, dependency: cell.dependency, attempts: [9] }] };
    const { findings } = await matrix.run(never);
    expect(findings.map(({ what }) => what)).toEqual(pair.map(() => "time-out of carrier never fired"));
  });
});

const differing = variants.flatMap((variant) =>
  (variant.differs ?? []).flatMap((difference) => ("kinds" in difference ? [{ variant, difference }] : [])),
);
// In `test`, of one of them.
const sample = [...Map.groupBy(differing, ({ variant }) => variant)].slice(0, isWhole ? undefined : 1);
describe.each(sample)("the matrix with the $name", (variant, own) => {
  let matrix: Matrix;
  let cells: readonly Cell[];
  beforeAll(async () => {
    matrix = await Matrix.open([pair[0]!, variant], own[0]!.difference.profile);
    cells = await matrix.cells();
  });

  test("shows each difference that is declared, and says of none that it no longer happens", async () => {
    for (const { difference } of own) {
      const { name, profile } = { name: variant.name, profile: difference.profile ?? "equal" };
      const cell = cells.find(
        ({ plan, scenario }) =>
          plan.every((fault) => canStrike(variant, fault)) &&
          declaredFor({ differs: [difference] }, { scenario, faults: plan, profile }).length > 0,
      )!;
      const { findings, ends, sweeps } = await matrix.run(cell);
      expect(findings, nameOf(cell)).toEqual([]);
      expect(difference.ends, nameOf(cell)).toContain(ends[name]);
      expect(sweeps[name]! > 0, nameOf(cell)).toBe(difference.swept ?? false);
    }
    expect(matrix.outdated()).toEqual([]);
  });
});

// In `test`, of what the README says: see patience.test.ts.
describe.runIf(isWhole)("the matrix with idiomatic retries", () => {
  test("counts what ends differently as a difference, and finds nothing wrong with it", async () => {
    const matrix = await Matrix.open(pair, "idiomatic");
    const cell = (await matrix.cells()).find((each) => nameOf(each) === "happy/ShipOrder/carrier/server-error/120-s")!;
    const result = await matrix.run(cell);
    expect(result.findings).toEqual([]);
    expect(Object.values(result.ends)).toEqual(["SHIPPED", "INVENTORY_RELEASED"]);
    expect(result.differences.map(({ what }) => what)).toContain("0.status differs");
    expect(renderDifferences([result], ["choreography", "orchestration"])).toBe(
      [
        "| the fault lasts | choreography | orchestration | cells | for instance |",
        "|---|---|---|---|---|",
        "| 120 s | SHIPPED | INVENTORY_RELEASED | 1 | `happy/ShipOrder/carrier/server-error/120-s` |",
        "",
      ].join("\n"),
    );
  });
});

describe("a fault plan in a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  const plan = (text: string): string => {
    const file = join(folder, "plan.json");
    writeFileSync(file, text);
    return file;
  };

  test("is read", () => {
    const fault = { kind: "time-out", dependency: "carrier", step: "ShipOrder", attempts: [1], call: 1 };
    const outage = { kind: "server-error", dependency: "table", from: 0, until: 120 };
    expect(readPlan(plan(JSON.stringify([fault, outage])))).toEqual([fault, outage]);
  });

  test.each([
    ["nothing", "not JSON", /is no fault plan: .*JSON/],
    ["no fault", "[]", /is no fault plan: \(plan\): /],
    ["an unknown kind", '[{"kind":"flood","dependency":"table","from":0,"until":1}]', /0\.kind: /],
    [
      "an end before the beginning",
      '[{"kind":"conflict","dependency":"table","from":2,"until":1}]',
      /0\.until: must be/,
    ],
    [
      "a kind that does not strike its dependency",
      '[{"kind":"record-lost","dependency":"carrier","attempts":"every"}]',
      /0\.dependency: record-lost does not strike carrier: it strikes failure-destination/,
    ],
  ])("is refused for %s, with what and where", (_what, text, message) => {
    expect(() => readPlan(plan(text))).toThrow(message);
  });

  test("is refused where there is none", () => {
    expect(() => readPlan(join(folder, "none.json"))).toThrow(/cannot read .*none\.json/);
  });
});
