import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSettled, type OrderStatus } from "@ovsc/shared";
import type { Flow, FlowEdge, Template } from "@ovsc/shared/variant";
import { describe, expect, test, vi } from "vitest";
import { synthesizeWithoutCode, templateOf } from "../../src/clouds/synthesize.ts";
import { compareCommand } from "../../src/commands/compare.ts";
import { flowFindings } from "../../src/page/flows/flow-findings.ts";
import type { ObservedFlow } from "../../src/page/flows/observed-flow.ts";
import { writtenAt } from "../../src/page/flows/written.ts";
import { loadPage } from "../../src/page/load-page.ts";
import { readRun } from "../../src/runs/log/run-line.ts";
import { variantNamed, variants } from "../../src/variants.ts";
import { isWhole } from "../family.ts";

const templates = new Map<string, Template>();
for (const variant of variants) templates.set(variant.name, templateOf(variant, await synthesizeWithoutCode(variant)));
const flowOf = (name: string): Flow => variantNamed(name).flow(templates.get(name)!);

describe.each(variants)("the flow of the $name", (variant) => {
  const flow = flowOf(variant.name);

  test("says nothing unheard, waits for nothing unsaid, reaches every step and goes round nowhere", () => {
    expect(flowFindings(flow)).toEqual([]);
  });

  test("leads from every edge to the one line at which it is written", () => {
    const lines = flow.edges.map((edge) => [edge.from, edge.to, edge.label, writtenAt(variant, edge).length]);
    expect(lines.filter(([, , , count]) => count !== 1)).toEqual([]);
  });

  test("names nodes that are there, and resources of the template", () => {
    const ids = flow.nodes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { from, to } of flow.edges) expect(ids).toEqual(expect.arrayContaining([from, to]));
  });
});

// A run through three variants.
describe.runIf(isWhole)("what a run took of the flows", () => {
  test("is what its log has: every delivery, every state entered, every invocation by another function", async () => {
    const out = mkdtempSync(join(tmpdir(), "flows-"));
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const scenario = ["happy", "charge-answer-lost", "refund-fails", "order-id-taken"];
    await compareCommand({ scenario, out, target: "local", variants: "choreography,orchestration,chain" });
    vi.restoreAllMocks();
    const lines = await Array.fromAsync(readRun(join(out, "run.ndjson")));
    const flows = (await loadPage(out)).flows;
    const observed = (name: string) => flows.find(({ variant }) => variant === name)!;
    const [choreographed, orchestrated, chained] = ["choreography", "orchestration", "chain"].map(observed);
    const of = (name: string) => lines.filter((line) => "variant" in line && line.variant === name);
    const delivered = of("choreography").filter((line) => line.type === "Delivery" && line.error === undefined);
    expect(delivered.length).toBeGreaterThan(10);
    expect(taken(choreographed!, ({ seenAs }) => "rule" in seenAs)).toBe(delivered.length);
    const entered = of("orchestration").filter(
      (line) => line.type === "ExecutionEvent" && /StateEntered$|^ExecutionSucceeded$/.test(line.event),
    );
    expect(entered.length).toBeGreaterThan(15);
    expect(taken(orchestrated!, () => true)).toBe(entered.length);
    const [shipped, parked] = ["OrderShipped", "last try failed"].map((wanted) =>
      taken(choreographed!, ({ label, to }) => label === wanted && to !== "RefundPayment"),
    );
    expect([shipped, parked]).toEqual([2, 1]);
    const rejections = choreographed!.flow.edges.flatMap(({ from, to }, at) =>
      to === "REJECTED" ? [[from, choreographed!.counts[at]]] : [],
    );
    expect(rejections).toEqual([
      ["CreateOrder", 1],
      ["RefundPayment", 0],
      ["ParkOrder", 0],
    ]);
    const invoked = lines.filter(
      (line) => line.type === "InvocationStarted" && line.variant === "chain" && line.attempt === 1,
    );
    expect(invoked.length).toBeGreaterThan(15);
    expect(taken(chained!, ({ seenAs }) => "invoked" in seenAs)).toBe(invoked.length);
    const settled = lines.filter(
      (line) => line.type === "StatusChanged" && line.variant === "chain" && isSettled(line.status as OrderStatus),
    );
    expect(taken(chained!, ({ seenAs }) => "status" in seenAs)).toBe(settled.length);
  });
});

describe("a finding of a flow", () => {
  const template = templates.get("choreography")!;
  const without = (name: string): Flow => {
    const left = Object.entries(template.Resources).filter(([id]) => !id.startsWith(name));
    expect(left.length).toBeLessThan(Object.keys(template.Resources).length);
    return variantNamed("choreography").flow({ Resources: Object.fromEntries(left) });
  };

  test("is an event that no rule hears, and what is then not reached", () => {
    expect(flowFindings(without("PaymentCharged"))).toEqual([
      "ChargePayment says PaymentCharged, and nobody hears it",
      "nothing leads to ShipOrder",
      "nothing leads to SHIPPED",
    ]);
    expect(flowFindings(without("OrderPlaced"))).toContain("nothing leads to CreateOrder");
  });

  test("is a rule that nobody's event matches", () => {
    expect(
      planted("choreography", '["PaymentDeclined"]', '["PaymentDenied"]').map((each) =>
        each.replace(/[0-9A-F]{8}/, ""),
      ),
    ).toEqual([
      "PaymentDeclined waits for PaymentDenied, and nobody says it",
      "ChargePayment says PaymentDeclined, and nobody hears it",
    ]);
  });

  test("is a step that nothing leads to, and one that nothing follows", () => {
    expect(changed(({ edges }) => ({ edges: edges.filter(({ to }) => to !== "WhatFailed") }))).toContain(
      "nothing leads to WhatFailed",
    );
    expect(changed(({ edges }) => ({ edges: edges.filter(({ from }) => from !== "WayOn") }))).toContain(
      "nothing follows WayOn",
    );
  });

  test("is a state that the template's Next leads by, and a cycle that it makes", () => {
    expect(
      planted("orchestration", next("ReleaseInventory", "WhatFailed"), next("ReleaseInventory", "ParkOrder")),
    ).toEqual(expect.arrayContaining(["nothing leads to WhatFailed", "nothing leads to PaymentDeclined"]));
    expect(
      planted("orchestration", next("ChargePayment", "ShipOrder"), next("ChargePayment", "ReserveInventory")),
    ).toEqual(["ChargePayment → ReserveInventory → ChargePayment goes round for ever"]);
  });

  test("is a cycle that the pattern of a rule makes", () => {
    expect(planted("choreography", '["OrderCreated"]', '["OrderCreated","PaymentCharged"]')).toEqual([
      "ReserveInventory → ChargePayment → ReserveInventory goes round for ever",
    ]);
  });

  test("is a way that leads back to itself where nobody meant it to", () => {
    const cycles = changed(({ edges }) => ({
      edges: [...edges, { ...edges[0]!, from: "ShipOrder", to: "ReserveInventory" }],
    }));
    expect(cycles).toEqual(["ShipOrder → ReserveInventory → ChargePayment → ShipOrder goes round for ever"]);
    expect(changed(() => ({ rejoins: [] })).join()).toContain("WhereIsIt → WayOn");
  });
});

const taken = ({ flow, counts }: ObservedFlow, held: (edge: FlowEdge) => boolean): number =>
  flow.edges.reduce((total, edge, at) => (held(edge) ? total + counts[at]! : total), 0);

/** How the text of a template has that one state leads to another. */
const next = (from: string, to: string): string => `\\"${from}\\":{\\"Next\\":\\"${to}\\"`;

/** What is found where a template has the one text in the place of the other. */
function planted(name: string, from: string, to: string): string[] {
  const text = JSON.stringify(templates.get(name));
  expect(text).toContain(from);
  return flowFindings(variantNamed(name).flow(JSON.parse(text.replaceAll(from, to)) as Template));
}

function changed(change: (flow: Flow) => Partial<Flow>): string[] {
  const flow = flowOf("orchestration");
  return flowFindings({ ...flow, ...change(flow) });
}
