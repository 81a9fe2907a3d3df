import * as z from "zod/mini";
import { type Order, OrderId } from "./order.ts";
import type { OrderRecord } from "./ports.ts";

/** Made by the client, who cannot guess another's, and the same on each of his retries. It names an execution too. */
export const PlacementId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, "1 to 64 letters, digits, - or _"));

/** An order and the client's word for this placing of it. */
export interface Placement {
  readonly placementId: string;
  readonly order: Order;
}

/**
 * All that a message says of an order: which one is meant, whose placing of it, and which generation, where it is not
 * the first. The row says the rest.
 */
export const PlacementRef = z.object({
  orderId: OrderId,
  placementId: PlacementId,
  generation: z.optional(z.int().check(z.minimum(1))),
});
export type PlacementRef = Readonly<z.infer<typeof PlacementRef>>;

export const refOf = ({ placementId, order: { orderId } }: Placement): PlacementRef => ({ orderId, placementId });

/** @returns what a message says of the order in a row */
export const refOfRow = ({
  order: { orderId },
  placementId,
  generation,
}: Pick<OrderRecord, "order" | "placementId" | "generation">): PlacementRef => ({
  orderId,
  placementId,
  ...(generation > 1 && { generation }),
});
