import { type Evidence, type Placement, type PlacementEnd, sideEffects } from "@ovsc/shared";
import type { Ending } from "@ovsc/shared/variant";
import type { Counts } from "../runs/counts.ts";

/** Placements for one run, with the stock they find and, where it is known, how each must end. */
export interface Batch {
  readonly name: string;
  readonly stock: Readonly<Record<string, number>>;
  /** The same placement may be there twice: a client tries again. */
  readonly placements: readonly Placement[];
  readonly ends?: readonly PlacementEnd[];
  /** Why an order does not ship, where that is known, in the words of a coordination that keeps a record of it. */
  readonly cause?: string;
  readonly interchangeable?: boolean;
  /** Clients that wait for an answer hang up after a second. */
  readonly hangsUp?: true;
}

/** What a batch left behind in one variant. */
export interface Outcome {
  /** One for each placement, in the order of the batch. */
  readonly evidence: readonly Evidence[];
  /** How the coordination itself says that each placement ended, where it keeps a record of that. */
  readonly endings: readonly (Ending | undefined)[];
  /** The events that were published of each order, in the order of time, where its variant publishes. */
  readonly published: readonly (readonly string[] | undefined)[];
  /** Messages on the dead-letter queue that speak of these orders. */
  readonly deadLetters: number;
  /** Units on the shelf after all, by SKU. */
  readonly shelf: Readonly<Record<string, number>>;
  /** How often the sweeper acted for these orders. */
  readonly sweeps: number;
  readonly counts: Counts;
}

/** @returns for each SKU that lost or gained units on the way, what was there and what is accounted for */
export function lostStock({ stock: before, placements }: Batch, { evidence, shelf }: Outcome): string[] {
  const skuOf = new Map(placements.map(({ placementId, order }) => [placementId, order.sku]));
  const held = new Map<string, number>();
  // A placement made twice is one.
  for (const each of new Map(evidence.map((one) => [one.placementId, one])).values()) {
    const sku = skuOf.get(each.placementId)!;
    held.set(sku, (held.get(sku) ?? 0) + sideEffects(each).unitsHeld);
  }
  return Object.entries(before).flatMap(([sku, units]) => {
    const [now, taken] = [shelf[sku] ?? 0, held.get(sku) ?? 0];
    return now + taken === units
      ? []
      : [`${sku}: ${units} units were on the shelf, ${now} are, and orders hold ${taken}`];
  });
}
