import { endingNames, type Evidence } from "@ovsc/shared";
import type { Difference } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { Declarations } from "../../src/judgement/declarations.ts";
import { judge, wholeLaw } from "../../src/judgement/judge.ts";
import { rules } from "../../src/judgement/rules.ts";
import { together } from "../../src/judgement/verdict.ts";
import type { Batch, Outcome } from "../../src/orders/batch.ts";
import { noCounts } from "../../src/runs/counts.ts";
import { variants } from "../../src/variants.ts";
import { batch as anyEnd, charge, order, outcome, shipped } from "./outcomes.ts";

const batch: Batch = { ...anyEnd, ends: ["SHIPPED"] };
const what = (choreography: Outcome, orchestration: Outcome) =>
  judge(batch, { choreography, orchestration }).findings.map((finding) => finding.what);

const whats = (expected: Batch, evidence: Evidence) =>
  judge(expected, { one: outcome(evidence, 10) }).findings.map((finding) => finding.what);

/** Findings where the second of two variants declares differences. */
const whatOf = (other: Outcome, ...declared: readonly Difference[]) =>
  judge(batch, { one: outcome(shipped), other }, { ...wholeLaw, differing: { other: declared } }).findings.map(
    (finding) => finding.what,
  );
const variantOf = (name: string, ...differs: readonly Difference[]) => ({ ...variants[0]!, name, differs });

describe("the judgement of a batch", () => {
  test("finds nothing where both variants left the same, and it adds up", () => {
    expect(what(outcome(shipped), outcome(shipped))).toEqual([]);
  });

  test("finds a double charge, by the second row of the ledger", () => {
    const twice = {
      ...shipped,
      charges: [...shipped.charges, { ...charge, idempotencyKey: "another" }],
    };
    expect(what(outcome(twice), outcome(twice))).toContain("charged 2 times");
  });

  test("finds an order that is stuck, and one that was never created", () => {
    const stuck: Evidence = { ...shipped, row: { ...shipped.row!, status: "CHARGED" } };
    expect(what(outcome(stuck), outcome(shipped))).toEqual(
      expect.arrayContaining(["stuck in CHARGED", "must end SHIPPED", "row.status differs"]),
    );
    const never: Evidence = { ...shipped, row: undefined, reservations: [], charges: [], shipments: [] };
    expect(what(outcome(never, 10), outcome(shipped))).toContain("was never created");
  });

  test("finds money that was kept, and stock that was lost", () => {
    const released: Evidence = { ...shipped, row: { ...shipped.row!, status: "INVENTORY_RELEASED" }, shipments: [] };
    expect(what(outcome(released), outcome(released))).toEqual(
      expect.arrayContaining([
        "INVENTORY_RELEASED with 4998 cents kept instead of 0",
        "INVENTORY_RELEASED with 2 units held instead of 0",
      ]),
    );
    expect(what(outcome(shipped, 7), outcome(shipped, 7))).toContain(
      "stock is not conserved: TEAPOT: 10 units were on the shelf, 7 are, and orders hold 2",
    );
  });

  test("holds each variant against the first, and names both sides of a difference", () => {
    const other: Evidence = { ...shipped, charges: [{ ...charge, currency: "EUR" }] };
    const { findings } = judge(batch, { first: outcome(shipped), second: outcome(shipped), third: outcome(other) });
    expect(findings).toEqual([
      {
        orderId: "order-1",
        what: "charges.0.currency differs",
        seen: { first: "GBP", third: "EUR" },
      },
    ]);
  });

  test("finds a shipped order whose record says otherwise, and a refusal that gives another reason", () => {
    const ending = { id: "arn", status: "FAILED", tells: "INVENTORY_RELEASED" as const, cause: "Shipping failed" };
    const shippedYetFailed = { ...outcome(shipped), endings: [ending] };
    expect(judge(batch, { one: shippedYetFailed }).findings.map((each) => each.what)).toContain(
      "SHIPPED, and its record says FAILED",
    );

    const refused: Evidence = {
      ...shipped,
      row: { ...shipped.row!, status: "INVENTORY_FAILED" },
      reservations: [],
      charges: [],
      shipments: [],
    };
    const refusal = { ...ending, tells: "INVENTORY_FAILED" as const };
    const expected: Batch = { ...batch, ends: ["INVENTORY_FAILED"], cause: "Inventory unavailable" };
    const { findings } = judge(expected, { one: { ...outcome(refused, 10), endings: [refusal] } });
    expect(findings.map((each) => each.what)).toEqual(["its record must say: Inventory unavailable"]);
  });

  test("finds a record that gives out another's order", () => {
    const ending = { id: "arn", status: "SUCCEEDED", tells: "SHIPPED" as const, output: { orderId: "order-2" } };
    const { findings } = judge(batch, { one: { ...outcome(shipped), endings: [ending] } });
    expect(findings.map((each) => each.what)).toEqual(["what its record gives out is not the order of the row"]);
  });

  test("finds a placement that was rejected, unless its scenario says so, and what was done for it", () => {
    const rejection = { error: "OrderConflict", message: "taken" };
    const rejected: Evidence = { ...shipped, row: undefined, rejection, reservations: [], charges: [], shipments: [] };
    const { ends: _ends, ...unforeseen } = batch;
    expect(whats(unforeseen, rejected)).toEqual(["was not placed: OrderConflict"]);
    expect(whats({ ...batch, ends: ["REJECTED"] }, rejected)).toEqual([]);
    expect(whats({ ...batch, ends: ["REJECTED"] }, { ...rejected, charges: [charge] })).toContain(
      "charges without an order",
    );
    expect(whats(unforeseen, { ...shipped, rejection })).toContain("is SHIPPED, and was rejected as OrderConflict");
  });

  describe("of a variant that says where it differs", () => {
    const back: Evidence = {
      ...shipped,
      row: { ...shipped.row!, status: "INVENTORY_RELEASED", order },
      reservations: [],
      charges: [],
      shipments: [],
    };
    const difference: Difference = {
      scenarios: ["happy"],
      ends: ["INVENTORY_RELEASED"],
      because: "somebody is impatient",
      source: "https://example.com (2026-11-21)",
    };
    test("lets an order end so, and finds what nobody declared", () => {
      expect(whatOf(outcome(back, 10), difference)).toEqual([]);
      expect(whatOf(outcome(back, 10))).toEqual(expect.arrayContaining(["must end SHIPPED", "row.status differs"]));
      expect(whatOf(outcome(back, 10), { ...difference, ends: ["NEEDS_ATTENTION"] })).toContain("must end SHIPPED");
    });

    test("finds what cannot be declared: a double charge, stock kept, an order that is stuck", () => {
      const twice = { ...back, charges: [charge, { ...charge, idempotencyKey: "another" }] };
      expect(whatOf(outcome(twice, 10), difference)).toContain("charged 2 times");
      expect(whatOf(outcome({ ...back, reservations: shipped.reservations }, 8), difference)).toContain(
        "INVENTORY_RELEASED with 2 units held instead of 0",
      );
      const stuck: Evidence = { ...shipped, row: { ...shipped.row!, status: "CHARGED" } };
      const anywhere: Difference = { ...difference, ends: [...endingNames] };
      expect(whatOf(outcome(stuck), anywhere)).toContain("stuck in CHARGED");
    });

    test("lets no other rule be declared than these", () => {
      expect(rules.filter(({ isDeclarable }) => isDeclarable).map(({ id }) => id)).toEqual([
        "ends-as-the-scenario-says",
        "no-sweeps",
      ]);
    });

    test("lets the sweeper act where that is declared, and nowhere else", () => {
      const swept = { ...outcome(shipped), sweeps: 1 };
      const bySweeper: Difference = { ...difference, ends: ["SHIPPED"], swept: true };
      expect(whatOf(swept, bySweeper)).toEqual([]);
      expect(whatOf(swept, difference)).toEqual(["took the sweeper to come to an end"]);
    });

    test("says when a declared difference no longer happens", () => {
      const declarations = new Declarations([variantOf("one"), variantOf("other", difference)], "equal");
      const differing = declarations.of("happy", () => []);
      expect(differing["other"]).toEqual([difference]);
      expect(declarations.of("declined", () => [])["other"]).toEqual([]);
      expect(declarations.note({ one: outcome(shipped), other: outcome(shipped) }, differing)).toEqual([]);
      expect(declarations.outdated().map(({ seen }) => seen)).toEqual([{ other: difference }]);
      expect(declarations.note({ one: outcome(shipped), other: outcome(back, 10) }, differing)).toEqual(["other"]);
      expect(declarations.outdated()).toEqual([]);
    });
  });

  test("is unknown where there was nothing to judge: no data is never valid", () => {
    const nothing: Outcome = {
      evidence: [],
      endings: [],
      published: [],
      deadLetters: 0,
      sweeps: 0,
      shelf: {},
      counts: noCounts,
    };
    const noOrders: Batch = { name: "none", stock: {}, placements: [] };
    expect(judge(noOrders, { one: nothing, two: nothing }).verdict).toBe("unknown");
    expect(judge(noOrders, {}).verdict).toBe("unknown");
    const lost: Batch = {
      name: "lost",
      stock: {},
      placements: [
        { placementId: "placement-1", order },
        { placementId: "placement-2", order: { ...order, orderId: "order-2" } },
      ],
    };
    expect(judge(lost, { one: { ...outcome(shipped), shelf: {} } }).verdict).toBe("unknown");
    expect(together([])).toBe("unknown");
    expect(together(["valid", "unknown"])).toBe("unknown");
    expect(together(["valid", "unknown", "invalid"])).toBe("invalid");
    expect(together(["valid"])).toBe("valid");
  });
});
