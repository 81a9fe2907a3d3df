import * as tries from "./tries.ts";
import type { Try } from "./tries.ts";

/** One placing of an order: the steps it visits, each with its tries. */
export interface Placing {
  readonly orderId: string;
  readonly placementId: string;
  readonly visits: readonly (readonly Try[])[];
  /** An execution is cut off in the last of them. */
  readonly timesOut?: true;
  /** The same placement was made before. */
  readonly isSecond?: true;
}

/** Once, as almost every step goes. */
const once = (...each: Try[]): Try[][] => each.map((one) => [one]);
const { creates, reserves, charges, ships, isRefusedShipping, refunds, voidsAll, releases } = tries;
const charged = once(creates, reserves, charges);

/** The steps that each scenario of one order visits, by what its test token makes the services do. */
const visits: Readonly<Record<string, (placementId: string) => readonly (readonly Try[])[]>> = {
  happy: () => [...charged, [ships]],
  "large-order": () => [...charged, [ships]],
  "out-of-stock": () => once(creates, tries.cannotReserve(11)),
  declined: () => once(creates, reserves, tries.isDeclined, releases),
  "shipping-refused": () => [...charged, ...once(isRefusedShipping, refunds, releases)],
  "reservation-answer-lost": (id) => [
    [creates],
    [tries.reservationUnanswered, tries.reservationUnansweredAgain, tries.reservationUnansweredAgain].map((each) =>
      each(id),
    ),
    ...once(voidsAll, releases),
  ],
  "charge-answer-lost-once": (id) => [...once(creates, reserves), [tries.chargeUnanswered(id), charges], [ships]],
  "client-hangs-up": (id) => [...once(creates, reserves), [tries.chargeUnanswered(id), charges], [ships]],
  "charge-request-lost-once": (id) => [
    ...once(creates, reserves),
    [tries.firstChargeLost(id), tries.chargesAtLast],
    [ships],
  ],
  "charge-answer-lost": (id) => [
    ...once(creates, reserves),
    thrice(tries.chargeUnanswered(id)),
    ...once(refunds, releases),
  ],
  "charge-request-lost": (id) => [
    ...once(creates, reserves),
    thrice(tries.chargeNeverArrives(id)),
    ...once(voidsAll, releases),
  ],
  "shipping-answer-lost-once": (id) => [...charged, [tries.shipmentUnanswered(id), ships]],
  "shipping-request-lost-once": (id) => [...charged, [tries.firstShipmentLost(id), tries.shipsAtLast]],
  "shipping-answer-lost": (id) => [
    ...charged,
    thrice(tries.shipmentUnanswered(id)),
    ...once(tries.refundsAndVoids, releases),
  ],
  "shipping-request-lost": (id) => [...charged, thrice(tries.shipmentNeverArrives(id)), ...once(refunds, releases)],
  "refund-fails": () => [...charged, [isRefusedShipping], tries.refundsInVain, [tries.parks(tries.unmended.refund)]],
  "refund-fails-late": (id) => [
    ...charged,
    thrice(tries.shipmentNeverArrives(id)),
    tries.refundsInVain,
    [tries.parks(tries.unmended.refund)],
  ],
  "release-fails": () => [
    ...once(creates, reserves, tries.isDeclined),
    tries.releasesInVain,
    [tries.parks(tries.unmended.release)],
  ],
};

function thrice(each: Try): Try[] {
  return [each, each, each];
}

const placing = (orderId: string, by: string, of: (placementId: string) => Placing["visits"]): Placing => {
  const placementId = `${orderId}-${by}`;
  return { orderId, placementId, visits: of(placementId) };
};

/** What it takes to write an order's row, a unit for each KB, and to read it, a unit for each 4 KB. */
export interface RowUnits {
  readonly write: number;
  readonly read: number;
}

/** The note of 300,000 bytes, and less than 1 KB beside it, are 294 KB. */
export const rowUnitsOf = (scenario: string): RowUnits =>
  scenario === "large-order" ? { write: 294, read: 74 } : { write: 1, read: 1 };

/** What is placed in a scenario, and where each placing leads. Ids are as long as those of the bill's orders. */
export function placingsOf(scenario: string): readonly Placing[] {
  const [first, second] = [`${scenario}-order-1-bill`, `${scenario}-order-2-bill`];
  const happy = visits["happy"]!;
  switch (scenario) {
    case "last-unit":
      return [placing(first, "client", happy), placing(second, "client", () => once(creates, tries.cannotReserve(1)))];
    case "order-id-taken":
      return [placing(first, "first", happy), placing(first, "second", () => once(tries.conflicts(first)))];
    case "submitted-twice": {
      const again = () => once(tries.createsSecond, tries.reservesSecond, tries.chargesSecond, tries.shipsSecond);
      return [placing(first, "client", happy), { ...placing(first, "client", again), isSecond: true }];
    }
    default:
      return [placing(first, "client", visits[scenario]!)];
  }
}
