import { endingNames } from "@ovsc/shared";
import type { Result, Tally } from "../../judgement/results.ts";
import type { Count } from "../../runs/counts.ts";

/** What is counted of a run, for each variant. */
export interface Metric {
  /** Stays the same from run to run, so that a text can cite it. */
  readonly id: string;
  readonly title: string;
  readonly definition: string;
  /** In the words of `results.json` or of a story of the log, from which anybody can count it again. */
  readonly formula: string;
  /**
   * `parity` is held equal by design, and proves that only the coordination differs. `fewer` is better the less it is.
   * `own` is what one coordination uses in the place of what another uses: neither is better by its number.
   */
  readonly kind: "parity" | "fewer" | "own";
  /** Counted of the orders whose lines the log has in full, which may be a sample. */
  readonly isOfLog?: true;
  /** It has no row where it is 0 everywhere. */
  readonly isOmittedAtZero?: true;
}

/** What is counted of all orders of a run. */
export interface TallyMetric extends Metric {
  /** Of a scenario in one variant. */
  readonly of: (tally: Tally) => Count;
}

const effect = (field: keyof Tally["sideEffects"]) => ({
  formula: `sum of results[].variants[V].sideEffects.${field}`,
  kind: "parity" as const,
  of: ({ sideEffects }: Tally): Count => sideEffects[field],
});

const count = (field: keyof Tally["counts"]) => ({
  formula: `sum of results[].variants[V].counts.${field}`,
  of: ({ counts }: Tally): Count => counts[field],
});

/** Placements that ended in one of these ways. */
const ended = (...ends: readonly string[]) => ({
  formula: `sum of results[].variants[V].ends[${ends.join(", ")}]`,
  kind: "parity" as const,
  of: (tally: Tally): Count => ends.reduce((sum, end) => sum + (tally.ends[end] ?? 0), 0),
});

const settled: ReadonlySet<string> = new Set([...endingNames, "REJECTED"]);

/** Every metric that the results of a run hold. */
export const metrics: readonly TallyMetric[] = [
  { id: "shipped", title: "orders shipped", definition: "Orders that ended SHIPPED.", ...ended("SHIPPED") },
  {
    id: "failed",
    title: "orders nothing was reserved for",
    definition: "Orders that ended INVENTORY_FAILED: the shelf could not fill them.",
    ...ended("INVENTORY_FAILED"),
  },
  {
    id: "released",
    title: "orders taken back",
    definition:
      "Orders that ended INVENTORY_RELEASED: the stock is back on the shelf, the money was not taken or went back.",
    ...ended("INVENTORY_RELEASED"),
  },
  {
    id: "parked",
    title: "orders parked",
    definition: "Orders that wait for a person as NEEDS_ATTENTION, since a compensation kept failing.",
    ...ended("NEEDS_ATTENTION"),
  },
  {
    id: "rejected",
    title: "placements rejected",
    definition:
      "Placements that became no order, and were told why: the orderId was another's, or the document no order.",
    ...ended("REJECTED"),
  },
  {
    id: "unsettled",
    title: "orders unsettled",
    definition: "Orders that will stay in a status that is not their last, and placements that nobody ever answered.",
    formula: "sum of the other results[].variants[V].ends",
    kind: "parity",
    of: ({ ends }) => Object.entries(ends).reduce((sum, [end, orders]) => sum + (settled.has(end) ? 0 : orders), 0),
  },
  {
    id: "charges",
    title: "charges",
    definition: "Rows in the payment gateway's ledger that took money.",
    ...effect("charges"),
  },
  { id: "refunds", title: "refunds", definition: "Rows in its ledger that gave money back.", ...effect("refunds") },
  {
    id: "shipments",
    title: "parcels",
    definition: "Rows in the carrier's ledger that sent a parcel.",
    ...effect("shipments"),
  },
  {
    id: "units-held",
    title: "units held",
    definition: "Units taken from the shelf and not put back.",
    ...effect("unitsHeld"),
  },
  {
    id: "aws-calls",
    title: "AWS calls",
    definition:
      "Calls of the functions, or of AWS in the name of a role, to AWS services; invocations are a row of their own.",
    kind: "fewer",
    ...count("awsCalls"),
  },
  {
    id: "invocations",
    title: "function invocations",
    definition: "Times a Lambda function was started, each retry included.",
    kind: "fewer",
    ...count("invocations"),
  },
  {
    id: "sweeps",
    title: "acts of the sweeper",
    isOmittedAtZero: true,
    definition: "Times that the sweeper had to say again, undo or park what had stopped. It is off unless a run asks.",
    formula: "sum of results[].variants[V].sweeps",
    kind: "fewer",
    of: ({ sweeps }) => sweeps,
  },
  {
    id: "events",
    title: "events on the bus",
    definition: "Events that arrived on an event bus, the clients' and those of exhausted retries included.",
    kind: "own",
    ...count("events"),
  },
  {
    id: "transitions",
    title: "state transitions",
    definition: "States entered, each retry included: what Step Functions bills.",
    kind: "own",
    ...count("stateTransitions"),
  },
];

/** The sum of a metric over all results, in one variant; unknown where one of them is. */
export const total = ({ of }: TallyMetric, results: readonly Result[], variant: string): Count =>
  results
    .map(({ variants }) => of(variants[variant]!))
    .reduce((sum, each) => (sum === "unknown" || each === "unknown" ? "unknown" : sum + each), 0);
