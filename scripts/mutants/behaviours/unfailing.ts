import { type Order, type StepName, stepNames } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { Injection } from "../../src/faults/injection.ts";
import type { FaultPlan } from "../../src/faults/plan.ts";
import { judge } from "../../src/judgement/judge.ts";
import type { Batch } from "../../src/orders/batch.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { inWords, ofEachVariant, open, type Part } from "./behaviour.ts";

interface Misfortune {
  readonly name: string;
  readonly scenario: string;
  readonly plan: FaultPlan;
  /** What is wrong with the order. */
  readonly order?: Partial<Order>;
  /** As the scenario says if not given. */
  readonly ends?: Batch["ends"];
  /** Which steps fail, in their order. */
  readonly failing: readonly StepName[];
}

type Row = "order-table" | "inventory" | "payment-gateway";

/** Of two deliveries, the first hears late what it found, and has nothing left to do. */
const both = (step: StepName, dependency: Row, call = 1): FaultPlan => [
  { kind: "duplicate", dependency: "rule-target", step, attempts: [1] },
  { kind: "slow-answer", dependency, step, attempts: [1], call },
];

/** The transaction that undoes something meets others, at its first try and at each that it makes at once. */
const contended = (step: StepName, dependency: Row): FaultPlan =>
  [2, 3, 4, 5, 6].map((call) => ({ kind: "conflict", dependency, step, attempts: [1], call }));

const misfortunes: readonly Misfortune[] = [
  {
    name: "an undo of what never happened",
    scenario: "happy",
    plan: [{ kind: "fail-before", dependency: "inventory", step: "ReserveInventory", attempts: [1, 2, 3] }],
    ends: ["INVENTORY_RELEASED"],
    failing: ["ReserveInventory", "ReserveInventory", "ReserveInventory"],
  },
  { name: "two beginnings at once", scenario: "happy", plan: both("CreateOrder", "order-table"), failing: [] },
  { name: "two that take a document", scenario: "happy", plan: both("CreateOrder", "order-table", 2), failing: [] },
  {
    name: "two that reject a document",
    scenario: "happy",
    plan: both("CreateOrder", "order-table", 2),
    order: { quantity: 0 },
    ends: ["REJECTED"],
    failing: [],
  },
  {
    name: "a payment token that nobody knows",
    scenario: "declined",
    plan: [],
    order: { paymentToken: "tok_nobody" },
    failing: [],
  },
  {
    name: "a release in everybody's way",
    scenario: "declined",
    plan: contended("ReleaseInventory", "inventory"),
    failing: ["ReleaseInventory"],
  },
  {
    name: "a refund in everybody's way",
    scenario: "shipping-refused",
    plan: contended("RefundPayment", "payment-gateway"),
    failing: ["RefundPayment"],
  },
  {
    name: "a void in everybody's way",
    scenario: "shipping-answer-lost",
    plan: [{ kind: "conflict", dependency: "carrier", step: "RefundPayment", attempts: [1], call: 2 }],
    failing: ["ShipOrder", "ShipOrder", "ShipOrder", "RefundPayment"],
  },
  {
    name: "two refunds at once",
    scenario: "shipping-refused",
    plan: both("RefundPayment", "payment-gateway"),
    failing: [],
  },
  { name: "two releases at once", scenario: "declined", plan: both("ReleaseInventory", "inventory"), failing: [] },
];

/** No step fails but by what strikes it: it would come right on another try, and nobody would see why. */
export const unfailing = (): Part[] =>
  ofEachVariant((variant) =>
    misfortunes
      .filter(({ plan }) => plan.every(({ dependency }) => variant.dependsOn.includes(dependency)))
      .map((misfortune) => ({ name: misfortune.name, wrong: () => wrong(variant, misfortune) })),
  );

async function wrong(variant: Variant, { scenario, plan, ends, failing, ...changes }: Misfortune): Promise<string[]> {
  const failed: string[] = [];
  const injection = new Injection(plan);
  const deployment = await open(variant, {
    faults: injection,
    onHappening(happening) {
      if (happening.type !== "InvocationEnded" || happening.error === undefined) return;
      const step = stepNames.find((each) => happening.functionName.includes(each));
      if (!refused[scenario]?.includes(step!)) failed.push(step ?? happening.functionName);
    },
  });
  const { cause, placements, ...others } = batchOf(scenarioNamed(scenario, "pnpm mutants"), "");
  const changed = placements.map((each) => ({ ...each, order: { ...each.order, ...changes.order } }));
  const usual = { ...others, placements: changed };
  const batch = ends ? { ...usual, ends } : { ...usual, ...(cause && { cause }) };
  const outcome = await runBatch(batch, deployment);
  return [
    ...inWords(judge(batch, { [variant.name]: outcome }).findings),
    ...(failed.join() === failing.join() ? [] : [`${inList(failed)} failed instead of ${inList(failing)}`]),
    ...(injection.fired.includes(0) ? ["a fault did not strike"] : []),
  ];
}

const inList = (names: readonly string[]): string => names.join(", ") || "nothing";

/** A task fails with the refusal that its state machine catches. */
const refused: Readonly<Record<string, readonly StepName[]>> = {
  "shipping-refused": ["ShipOrder"],
  declined: ["ChargePayment"],
};
