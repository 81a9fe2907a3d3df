import type { Curve, KeptCell, MatrixFile, OutageFile } from "../../src/faults/kept.ts";

function cell(name: string, ends: Readonly<Record<string, string>>, finding?: string): KeptCell {
  const findings = finding === undefined ? [] : [{ what: finding, seen: {} }];
  const [again, trace] = [`pnpm matrix ${name}`, `pnpm trace ${name}`];
  return { cell: name, ends, findings, sweeps: {}, known: [], differences: [], again, trace };
}
const both = (end: string) => ({ choreography: end, orchestration: end });
/** A few cells, one of them broken. */
export const matrix: MatrixFile = {
  verdict: "invalid",
  profile: "equal",
  results: [
    cell("happy/ChargePayment/table/time-out/1-try", both("SHIPPED")),
    cell("happy/ChargePayment/table/throttle/1-try", both("SHIPPED")),
    cell("happy/ShipOrder/table/time-out/1-try", both("INVENTORY_RELEASED")),
    cell("happy/ShipOrder/table/throttle/1-try", both("INVENTORY_RELEASED")),
    cell("happy/ShipOrder/event-bus/throttle/600-s", { choreography: "CHARGED" }, "must end"),
  ],
};

/** A curve along which these shares ship. */
export function curve(
  dependency: Curve["dependency"],
  variant: string,
  shares: Readonly<Record<number, number>>,
): Curve {
  const points = Object.entries(shares).map(([length, shipped]) => {
    const during = { shipped, released: 1 - shipped, parked: 0, stuck: 0 };
    return { lengthSeconds: Number(length), during, all: during };
  });
  return {
    variant,
    dependency,
    points,
    halfShipSeconds: points.every(isKept) ? undefined : (points.findLast(isKept)?.lengthSeconds ?? 0),
  };
}
const isKept = ({ during }: Curve["points"][number]): boolean => during.shipped >= 0.5;

export const outage: OutageFile = {
  profile: "equal",
  orders: 60,
  curves: [
    curve("table", "choreography", { 30: 1, 120: 1, 600: 0 }),
    curve("table", "orchestration", { 30: 1, 120: 0.4, 600: 0 }),
    curve("event-bus", "choreography", { 30: 1, 120: 1, 600: 1 }),
    curve("lambda", "choreography", { 30: 1, 120: 0, 600: 0 }),
    curve("lambda", "orchestration", { 30: 1, 120: 0, 600: 0 }),
  ],
};
