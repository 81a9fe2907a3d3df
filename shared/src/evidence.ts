import {
  type Charge,
  type Entry,
  generationOf,
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

/** The ledgers of the services that an order used. */
export type Ledgered = Pick<Evidence, "reservations" | "charges" | "refunds" | "shipments">;

export function sideEffects({ reservations, charges, refunds, shipments }: Ledgered): SideEffects {
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

/** @returns what some generations of the order left behind */
export function ofGenerations(evidence: Evidence, isOf: (generation: number) => boolean): Evidence {
  const own = <Each extends Entry>(entries: readonly Each[]) => entries.filter((entry) => isOf(generationOf(entry)));
  const { reservations, charges, refunds, shipments } = evidence;
  return {
    ...evidence,
    reservations: own(reservations),
    charges: own(charges),
    refunds: own(refunds),
    shipments: own(shipments),
  };
}

/** @returns what the generation that the row is in left behind, and whatever is of none before it */
export const lastGeneration = (evidence: Evidence): Evidence =>
  ofGenerations(evidence, (each) => !(each < (evidence.row?.generation ?? 1)));

/** @returns what an undo has still to take back, in words; nothing where it is finished */
export function stillStanding(evidence: Ledgered): string[] {
  const { unitsHeld, chargedCents, refundedCents, shipments } = sideEffects(evidence);
  return [
    ...(unitsHeld > 0 ? [`${unitsHeld} units are held`] : []),
    ...(chargedCents > refundedCents ? [`${chargedCents - refundedCents} cents are kept`] : []),
    ...(shipments > 0 ? [`${shipments} parcels are on their way`] : []),
  ];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** How a placement that became no order is counted. */
export type PlacementEnd = OrderStatus | "REJECTED" | "never created";

export const endOf = ({ row, rejection }: Evidence): PlacementEnd =>
  row?.status ?? (rejection ? "REJECTED" : "never created");
