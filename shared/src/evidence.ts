import { isSettled, type OrderStatus } from "./lifecycle.ts";
import type { AnyOrder } from "./order.ts";

/** A row of a ledger: what a simulated service remembers under one idempotency key. */
export interface LedgerRow {
  readonly idempotencyKey: string;
  readonly [field: string]: unknown;
}

/** Everything one order left behind: its row and the ledgers of the services it used. */
export interface Evidence {
  readonly orderId: string;
  /** Absent when the order was never created. */
  readonly row:
    | { readonly status: OrderStatus; readonly statuses: readonly OrderStatus[]; readonly order: AnyOrder }
    | undefined;
  readonly reservations: readonly LedgerRow[];
  readonly charges: readonly LedgerRow[];
  readonly refunds: readonly LedgerRow[];
  readonly shipments: readonly LedgerRow[];
}

/** What an order came to in the world: units held, money taken and given back, parcels sent. */
export interface SideEffects {
  readonly unitsHeld: number;
  readonly chargedCents: number;
  readonly refundedCents: number;
  readonly charges: number;
  readonly refunds: number;
  readonly shipments: number;
}

export function sideEffects({ reservations, charges, refunds, shipments }: Evidence): SideEffects {
  // A refunded charge was a charge; DECLINED and VOIDED rows never were.
  const taken = charges.filter(({ state }) => state === "CHARGED" || state === "REFUNDED");
  return {
    unitsHeld: total(
      reservations.filter(({ state }) => state === "HELD"),
      "quantity",
    ),
    chargedCents: total(taken, "amountCents"),
    refundedCents: total(refunds, "amountCents"),
    charges: taken.length,
    refunds: refunds.length,
    shipments: shipments.filter(({ state }) => state === "SHIPPED").length,
  };
}

const total = (rows: readonly LedgerRow[], field: string): number =>
  rows.reduce((sum, row) => sum + Number(row[field]), 0);

/** @returns what is wrong with an order that has been given all the time it needs; nothing when all is well */
export function violations(evidence: Evidence): string[] {
  const { row } = evidence;
  if (!row) return [];
  const did = sideEffects(evidence);
  const balanceCents = did.chargedCents - did.refundedCents;
  const rules: [broken: boolean, violation: string][] = [
    [!isSettled(row.status), `stuck in ${row.status}`],
    [did.charges > 1, `charged ${did.charges} times`],
    [did.refunds > did.charges, "refunded without a charge"],
    [did.shipments > 1, `shipped ${did.shipments} times`],
  ];
  if (row.status === "SHIPPED") {
    rules.push(
      [did.shipments !== 1, "SHIPPED without a shipment"],
      [balanceCents !== row.order.totalCents, `SHIPPED for ${balanceCents} cents instead of ${row.order.totalCents}`],
      [
        did.unitsHeld !== row.order.quantity,
        `SHIPPED with ${did.unitsHeld} units out of stock instead of ${row.order.quantity}`,
      ],
    );
  }
  // A parked order may have left anything behind: that is why it waits for a person.
  if (row.status === "INVENTORY_FAILED" || row.status === "INVENTORY_RELEASED") {
    rules.push(
      [did.shipments > 0, `${row.status} and yet shipped`],
      [balanceCents !== 0, `${row.status} and ${balanceCents} cents kept`],
      [did.unitsHeld > 0, `${row.status} and ${did.unitsHeld} units still held`],
    );
  }
  if (row.status === "INVENTORY_FAILED") rules.push([did.charges > 0, "INVENTORY_FAILED and yet charged"]);
  return rules.filter(([broken]) => broken).map(([, violation]) => violation);
}
