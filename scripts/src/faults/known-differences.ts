import type { Cell } from "./cells.ts";

/** A finding that a cell of the matrix may have, and why that must be so. */
export interface KnownDifference extends Partial<Pick<Cell, "step" | "dependency">> {
  readonly kinds?: readonly Cell["kind"][];
  readonly extents: readonly Cell["extent"][];
  readonly finding: RegExp;
  readonly because: string;
}

const whole = ["3 tries", "600 s"] as const;

export const knownDifferences: readonly KnownDifference[] = [
  {
    dependency: "event-bus",
    extents: whole,
    finding: / differs from the undisturbed$/,
    because:
      "a step that cannot say what it did has failed, and the order goes back: elsewhere nobody needs to be told",
  },
  {
    dependency: "event-bus",
    kinds: ["late-effect"],
    extents: whole,
    finding: /^\w+ was published after InventoryReleased$/,
    because: "the bus takes the event when the order has gone back: who hears of it looks at the row, and does nothing",
  },
  {
    kinds: ["record-lost"],
    extents: ["1 try"],
    finding: / differs from the undisturbed$/,
    because: "the step whose failure nobody heard of is told again, and succeeds: otherwise the order would go back",
  },
  {
    step: "ParkOrder",
    dependency: "order-table",
    // A function that also says that it parked is slow for longer.
    kinds: ["late-effect", "slow-answer"],
    // Two minutes are more than Step Functions' idiomatic retries.
    extents: [...whole, "120 s"],
    finding: /^NEEDS_ATTENTION, and its record says FAILED as (Sandbox\.Timedout|InvokeError)$/,
    because: "the row is parked after the execution has failed in ParkOrder: a person finds either, and repairs alike",
  },
];

/** @returns why a cell may have this finding; nothing where it may not */
export const whyKnown = (cell: Cell, finding: string): string | undefined =>
  knownDifferences.find(
    ({ step = cell.step, dependency = cell.dependency, kinds = [cell.kind], extents, finding: known }) =>
      step === cell.step &&
      dependency === cell.dependency &&
      kinds.includes(cell.kind) &&
      extents.includes(cell.extent) &&
      known.test(finding),
  )?.because;
