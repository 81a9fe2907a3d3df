import { describe, expect, test } from "vitest";
import type { Result, Tally } from "../src/judgement/results.ts";
import { renderFindings } from "../src/report/render-findings.ts";
import { renderTable } from "../src/report/render-results.ts";
import { counted, money } from "../src/report/words.ts";
import { noCounts } from "../src/runs/counts.ts";
import { whatHappened } from "../src/runs/explained.ts";
import { printable } from "../src/terminal.ts";

const tally: Tally = {
  ends: { INVENTORY_RELEASED: 1 },
  sideEffects: { unitsHeld: 0, chargedCents: 0, refundedCents: 0, charges: 0, refunds: 0, shipments: 0 },
  counts: noCounts,
  sweeps: 0,
  declared: 0,
};
const result = (variants: Readonly<Record<string, Tally>>, findings: Result["findings"] = []): Result => ({
  name: "shipping-answer-lost-once",
  verdict: findings.length > 0 ? "invalid" : "valid",
  orders: 1,
  variants,
  findings,
  findingCount: findings.length,
});
const widest = (text: string) => Math.max(...text.split("\n").map(({ length }) => length));
const order = (orderId: string, variant: string) => `show ${orderId} ${variant}`;
const same = result({ choreography: tally, orchestration: tally });

describe("what is printed", () => {
  test("moves no cursor, changes no colour and turns no line round", () => {
    expect(printable("a\u001b[31mb\rc\u0007d\u009be\u202ef\u2066g")).toBe(
      "a\\u001b[31mb\\u000dc\\u0007d\\u009be\\u202ef\\u2066g",
    );
    expect(printable("a\tb\nNaïve → ✅ 注文\n")).toBe("a\tb\nNaïve → ✅ 注文\n");
  });

  test("means the same as JSON as before", () => {
    const json = JSON.stringify({ sku: "\u001b\u009b\u202e\u2028" });
    expect(JSON.parse(printable(json))).toEqual(JSON.parse(json));
  });

  test("counts in words and gives money its format", () => {
    expect([counted(1, "order"), counted(2, "order"), counted(1000, "finding")]).toEqual([
      "1 order",
      "2 orders",
      "1,000 findings",
    ]);
    expect([money(4998, "GBP"), money(5, "EUR"), money(0, "USD")]).toEqual(["49.98 GBP", "0.05 EUR", "0.00 USD"]);
  });
});

describe("the table", () => {
  test("has every column where there is room, and no escape sequence", () => {
    const text = renderTable([same]);
    for (const title of ["scenario", "refunded", "transitions", "AWS calls", "match"]) expect(text).toContain(title);
    expect(text).not.toContain("more column");
    expect(text).not.toContain("\u001b");
  });

  test("has a sign for each of more than two variants, and counts where they are asked for", () => {
    const finding = { what: "stuck", seen: { wrong: "CHARGED" } };
    const swept = { ...tally, sweeps: 2, declared: 1 };
    const many = { choreography: tally, swept, declared: { ...tally, declared: 1 }, wrong: tally };
    const text = renderTable([result(many, [finding])]);
    expect(text).toMatch(/│ INVENTORY_RELEASED │ =sd! │ NO +│/);
    expect(text).toContain("a sign for each of choreography, swept, declared, wrong: ");
    expect(text).not.toContain("invocations");
    const counts = renderTable([result(many, [finding])], { wide: true });
    expect(counts).toContain("invocations");
    expect(counts).toContain("0 / 2 / 0 / 0");
  });

  test("has a column for every count", () => {
    const counts = Object.fromEntries(Object.keys(noCounts).map((name, index) => [name, 7_001 + index])) as never;
    const text = renderTable([result({ choreography: { ...tally, counts } })]);
    for (const count of Object.values<number>(counts)) expect(text).toContain(count.toLocaleString("en"));
  });

  test.each([80, 100, 120])("fits %i columns, with a hint to the rest", (width) => {
    const text = renderTable([same], { width });
    expect(widest(text)).toBeLessThanOrEqual(width);
    expect(text).toMatch(/\d more columns? in a wider terminal than \d+, or with --json$/);
    for (const title of ["scenario", "ends", "match"]) expect(text).toContain(title);
  });

  test("keeps scenario, ends and match however narrow the terminal is", () => {
    expect(renderTable([same], { width: 10 })).toMatch(/│ scenario +│ ends +│ match │/);
  });
});

describe("a finding", () => {
  const happened = { choreography: "ShipOrder: TypeError (x is not a function) was the first failure" };
  const findings = [
    { orderId: "o-1", what: "must end SHIPPED", seen: { choreography: "CHARGED" }, happened },
    {
      orderId: "o-1",
      what: "row.status differs",
      seen: { choreography: "CHARGED", orchestration: "SHIPPED" },
      happened,
    },
    { what: "shelf.TEAPOT differs", seen: { choreography: 0, orchestration: 2 } },
  ];

  test("is told with its order, what failed first there, and the command that shows it", () => {
    const text = renderFindings(result({}, findings), { again: "run it again", order });
    expect(text).toBe(`shipping-answer-lost-once: 3 findings
  o-1
    must end SHIPPED
      choreography: "CHARGED"
    row.status differs
      choreography: "CHARGED"
      orchestration: "SHIPPED"
    what happened
      choreography: ShipOrder: TypeError (x is not a function) was the first failure
    look: show o-1 choreography
  all orders together
    shelf.TEAPOT differs
      choreography: 0
      orchestration: 2
  again: run it again`);
  });

  test("is one of ten at most; the rest is counted", () => {
    const many = Array.from({ length: 12 }, () => findings[2]!);
    expect(renderFindings(result({}, many), { again: "", order })).toContain("… and 2 more in results.json");
  });

  test("names the step that failed first with its error, and what was heard last", () => {
    const line = { atMs: 0, correlationId: "o-1", causationId: "e-1" };
    const created = { ...line, step: "CreateOrder", message: "OrderCreated" };
    const failed = {
      ...line,
      step: "ShipOrder",
      message: "step failed",
      error: "TypeError",
      reason: "x is no function",
    };
    const later = { ...failed, step: "RefundPayment", error: "PaymentTimedOut" };
    expect(whatHappened([created, failed, later, { ...line, step: "RefundPayment", message: "PaymentRefunded" }])).toBe(
      "ShipOrder: TypeError (x is no function) was the first failure; last, RefundPayment: PaymentRefunded",
    );
    expect(whatHappened([created])).toBe("no step failed; last, CreateOrder: OrderCreated");
    expect(whatHappened([])).toBe("no step wrote to its log");
  });
});
