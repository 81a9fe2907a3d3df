import { accounts, type Demands, type EndingName, endings } from "./endings.ts";
import {
  type Charge,
  holdsUnits,
  type Refund,
  type Reservation,
  sentParcel,
  type Shipment,
  tookMoney,
} from "./ledgers.ts";
import { isSettled } from "./lifecycle.ts";
import type { AnyOrder } from "./order.ts";
import type { OrderRecord } from "./ports.ts";

/** Everything one order left behind: its row and the ledgers of the services it used. */
export interface Evidence {
  readonly orderId: string;
  /** Absent when the order was never created. */
  readonly row: OrderRecord | undefined;
  readonly reservations: readonly Reservation[];
  readonly charges: readonly Charge[];
  readonly refunds: readonly Refund[];
  readonly shipments: readonly Shipment[];
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
  const taken = charges.filter(({ state }) => tookMoney[state]);
  return {
    unitsHeld: sum(reservations.filter(({ state }) => holdsUnits[state]).map(({ quantity }) => quantity)),
    chargedCents: sum(taken.map(({ amountCents }) => amountCents)),
    refundedCents: sum(refunds.map(({ amountCents }) => amountCents)),
    charges: taken.length,
    refunds: refunds.length,
    shipments: shipments.filter(({ state }) => sentParcel[state]).length,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** @returns what is wrong with an order that has been given all the time it needs; nothing when all is well */
export function violations(evidence: Evidence): string[] {
  if (!evidence.row) return [];
  const { order, status } = evidence.row;
  const did = sideEffects(evidence);
  return [
    ...(did.charges > 1 ? [`charged ${did.charges} times`] : []),
    ...(did.refunds > did.charges ? [`refunded ${did.refunds} times, charged ${did.charges} times`] : []),
    ...(did.shipments > 1 ? [`shipped ${did.shipments} times`] : []),
    ...(isSettled(status) ? unmet(status, order, did).map((what) => `${status} with ${what}`) : [`stuck in ${status}`]),
  ];
}

/** What an order left behind otherwise than its ending demands. */
function unmet(name: EndingName, order: AnyOrder, did: SideEffects): string[] {
  const ending = endings[name];
  if (ending.kind === "parked") return [];
  const demands: Demands = ending.leaves(order, did.charges);
  const left = { ...did, balanceCents: did.chargedCents - did.refundedCents };
  return accounts
    .filter((account) => demands[account] !== "any" && demands[account] !== left[account])
    .map((account) => `${left[account]} ${inWords[account]} instead of ${demands[account]}`);
}

const inWords: Readonly<Record<keyof Demands, string>> = {
  unitsHeld: "units held",
  balanceCents: "cents kept",
  charges: "charges",
  refunds: "refunds",
  shipments: "shipments",
};
