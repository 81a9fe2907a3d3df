import type { StepName } from "@ovsc/shared";
import type { Dependency } from "@ovsc/shared/variant";
import { type KindName, kindNamed, kindNames } from "./kinds.ts";
import type { Fault, FaultPlan } from "./plan.ts";
import type { Sighting } from "./witness.ts";

/** How often a fault strikes, or for how many seconds from when the step is first due. */
export const extents = {
  "1 try": { attempts: [1] },
  "3 tries": { attempts: [1, 2, 3] },
  "120 s": { lasts: 120 },
  "600 s": { lasts: 600 },
} satisfies Readonly<Record<string, { attempts: number[] } | { lasts: number }>>;
export type Extent = keyof typeof extents;

/** One cell of the matrix: a scenario under one fault. */
export interface Cell {
  readonly scenario: string;
  readonly step: StepName;
  readonly dependency: Dependency;
  readonly kind: KindName;
  readonly extent: Extent;
  readonly plan: FaultPlan;
}

/** What a cell is called on the command line. */
export const nameOf = ({ scenario, step, dependency, kind, extent }: Cell): string =>
  [scenario, step, dependency, kind, extent.replace(" ", "-")].join("/");

/** Each step with a scenario in which it does its work. */
export const scenarioOf: Readonly<Record<StepName, string>> = {
  CreateOrder: "happy",
  ReserveInventory: "happy",
  ChargePayment: "happy",
  ShipOrder: "happy",
  RefundPayment: "shipping-refused",
  ReleaseInventory: "declined",
  ParkOrder: "refund-fails",
};

/** @returns every fault that could strike what a step was seen to do, in each extent that makes a difference */
export function cellsOf(step: StepName, sightings: readonly Sighting[]): Cell[] {
  const own = sightings.filter((each) => each.step === step);
  const seen = Map.groupBy(own, ({ dependency }) => dependency);
  return [...seen].flatMap(([dependency, sighted]) =>
    kindNames
      .filter((kind) => canStrike(kind, dependency, sighted))
      .flatMap((kind) =>
        extentsOf(kind).map((extent) => ({
          scenario: scenarioOf[step],
          step,
          dependency,
          kind,
          extent,
          plan: planOf({ step, dependency, kind, extent }, Math.min(...sighted.map(({ after }) => after))),
        })),
      ),
  );
}

function canStrike(kind: KindName, dependency: Dependency, sighted: readonly Sighting[]): boolean {
  const { strikes, call } = kindNamed(kind);
  if (!strikes.includes(dependency)) return false;
  const calls = sighted.filter((each) => each.service !== undefined);
  if (calls.length === 0 || !call) return true;
  return calls.some(({ service, operation }) => call({ service: service!, operation: operation! }, 1) !== undefined);
}

/** What comes once comes once; a lost record is one that is lost whenever it is sent. */
function extentsOf(kind: KindName): readonly Extent[] {
  if (kind === "record-lost" || kindNamed(kind).queue) return ["1 try"];
  return Object.keys(extents) as Extent[];
}

/** @param from when the step is first due, in seconds since its order was placed */
function planOf(
  { step, dependency, kind, extent }: Pick<Cell, "step" | "dependency" | "kind" | "extent">,
  from: number,
): FaultPlan {
  const how = extents[extent];
  const when = "lasts" in how ? { from, until: from + how.lasts } : how;
  // An effect that comes late on every try comes when everything is over.
  const seconds = kind === "late-effect" && extent !== "1 try" ? { seconds: 900 } : {};
  const fault: Fault = { kind, dependency, step, ...seconds, ...when };
  if (kind !== "record-lost") return [fault];
  // There is a record only of what failed on its last try.
  return [{ kind: "fail-before", dependency: "order-table", step, attempts: [1, 2, 3] }, fault];
}
