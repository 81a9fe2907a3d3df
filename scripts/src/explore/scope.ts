import { stepNames } from "@ovsc/shared";
import { dependencies } from "@ovsc/shared/variant";
import { exit, Failure } from "../failure.ts";
import type { Batch } from "../orders/batch.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarioNamed, scenarios } from "../orders/scenarios.ts";
import type { Aim, Budget } from "./picking/budget.ts";

/** A part of the search: everything that can befall the orders of a scenario within a budget. */
export interface Part {
  /** As in a stored schedule. */
  readonly name: string;
  readonly scenario: string;
  readonly budget: Budget;
}

/** @param only where faults strike; anywhere if not given */
export const part = (scenario: string, faults: number, duplicates: number, only?: readonly Aim[]): Part => ({
  name: `${scenario}/${faults}-faults-${duplicates}-duplicates${only ? `/${only.map(nameOf).join(",")}` : ""}`,
  scenario,
  // Two chains of deliveries and a fault in either: there are too many ways to weave them call by call.
  budget: { faults, duplicates, isWhole: faults > 0 && duplicates > 0, asleep: [], ...(only && { only }) },
});

/** A step, or what it needs: `ChargePayment`, `ChargePayment@payment-gateway`. */
const nameOf = ({ step, dependency }: Aim): string => (dependency ? `${step}@${dependency}` : step);

function aimNamed(name: string): Aim | undefined {
  const [given, needs] = name.split("@");
  const step = stepNames.find((each) => each === given);
  const dependency = dependencies.find((each) => each === needs);
  return step && { step, ...(dependency && { dependency }) };
}

/** One order that is refused nothing. */
const accepted = "happy";

/** One order that a service refuses, each of them: a refusal is a fault too, and the first of two. */
const refused = ["out-of-stock", "declined", "shipping-refused"];

/** Two that share a unit of stock or an orderId. */
const twoOrders = ["last-unit", "order-id-taken", "submitted-twice"];

/** All that is walked exhaustively in the pair, the largest first. */
export const parts: readonly Part[] = [
  part(accepted, 2, 0),
  part(accepted, 1, 1),
  ...[...refused, ...twoOrders].flatMap((scenario) => [part(scenario, 1, 0), part(scenario, 0, 1)]),
];

/** And in each of the other variants. */
export const fewerParts: readonly Part[] = [
  part(accepted, 1, 0),
  part(accepted, 0, 1),
  ...refused.map((scenario) => part(scenario, 1, 0)),
  ...twoOrders.map((scenario) => part(scenario, 0, 1)),
];

/** All that can befall the orders of each scenario, for what is found soon. */
export const quickParts: readonly Part[] = [accepted, ...refused, ...twoOrders]
  .flatMap((scenario) => [part(scenario, 1, 0), part(scenario, 0, 1), part(scenario, 2, 0), part(scenario, 1, 1)])
  .toSorted((a, b) => sizeOf(a) - sizeOf(b));

function sizeOf({ budget: { faults, duplicates } }: Part): number {
  return faults + duplicates;
}

/** @throws Failure naming the parts that exist */
export function partNamed(name: string): Part {
  const [scenario = "", budget = "", aims] = name.split("/");
  const only = aims?.split(",").flatMap((each) => aimNamed(each) ?? []);
  const [, faults, duplicates] = /^(\d+)-faults-(\d+)-duplicates$/.exec(budget) ?? [];
  const isKnown = scenarios.some((each) => each.name === scenario) && duplicates !== undefined;
  if (isKnown && aims === only?.map(nameOf).join(",")) return part(scenario, Number(faults), Number(duplicates), only);
  throw new Failure(`unknown part ${name}: they look like ${parts[0]!.name}`, {
    exitCode: exit.usage,
    next: "pnpm explore --parts, which names them all",
  });
}

/** @throws Failure for a scenario that there is not */
export const batchIn = (scenario: string): Batch => batchOf(scenarioNamed(scenario, "pnpm compare"), "");
