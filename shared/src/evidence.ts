import {
  type Charge,
  holdsUnits,
  type Refund,
  type Reservation,
  sentParcel,
  type Shipment,
  tookMoney,
} from "./ledgers.ts";
import type { OrderStatus } from "./lifecycle.ts";
import type { OrderRecord, PlacementRecord, Reason } from "./ports.ts";

/** Everything one placement left behind: its order's row and the ledgers of the services it used. */
export interface Evidence {
  readonly orderId: string;
  readonly placementId: string;
  /** Absent when the order was never created, or the orderId is another placement's. */
  readonly row: OrderRecord | undefined;
  /** What became of the document that the client wrote; absent where there is none. */
  readonly document: PlacementRecord["state"] | undefined;
  /** Why nothing was placed, where the placement was rejected. */
  readonly rejection: Reason | undefined;
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

/** How a placement that became no order is counted. */
export type PlacementEnd = OrderStatus | "REJECTED" | "never created";

export const endOf = ({ row, rejection }: Evidence): PlacementEnd =>
  row?.status ?? (rejection ? "REJECTED" : "never created");
