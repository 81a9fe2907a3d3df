import type { AnyOrder } from "./order.ts";

/** What can be held against an ending: stock, money (taken less given back), and the rows of the ledgers. */
export const accounts = ["unitsHeld", "balanceCents", "charges", "refunds", "shipments"] as const;

/** How much of each an order leaves behind that ended so; `any` where the ending does not say. */
export type Demands = Readonly<Record<(typeof accounts)[number], number | "any">>;

export interface TerminalEnding {
  readonly kind: "terminal";
  /** @param charges how often the order was charged */
  leaves(order: AnyOrder, charges: number): Demands;
}

/** The order waits for a person, whatever it left behind. */
export interface ParkedEnding {
  readonly kind: "parked";
}

/** Every status in which the saga is over for an order, and what must then be true of it in the world. */
export const endings = {
  SHIPPED: {
    kind: "terminal",
    leaves: ({ quantity, totalCents }) => ({
      unitsHeld: quantity,
      balanceCents: totalCents,
      charges: 1,
      refunds: 0,
      shipments: 1,
    }),
  },
  /** Nothing was reserved. */
  INVENTORY_FAILED: {
    kind: "terminal",
    leaves: () => ({ unitsHeld: 0, balanceCents: 0, charges: 0, refunds: 0, shipments: 0 }),
  },
  /** The payment was declined, or the money went back. */
  INVENTORY_RELEASED: {
    kind: "terminal",
    leaves: (_order, charges) => ({ unitsHeld: 0, balanceCents: 0, charges: "any", refunds: charges, shipments: 0 }),
  },
  /** A compensation keeps failing. */
  NEEDS_ATTENTION: { kind: "parked" },
} as const satisfies Record<string, TerminalEnding | ParkedEnding>;
export type EndingName = keyof typeof endings;

export const endingNames = Object.keys(endings) as EndingName[];
