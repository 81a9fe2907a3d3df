import { ApprovalNotSupported, InvalidOrder, OrderConflict, PlacementNotFound, Refusal } from "../errors.ts";
import type { Milestone } from "../lifecycle.ts";
import { Order } from "../order.ts";
import type { OrderRecord, PlacementRecord, Ports, Reason } from "../ports.ts";
import { type Message, parse } from "./step.ts";

/** What a placement may be told by whoever looks for its order. */
export const rejections = [InvalidOrder, OrderConflict, PlacementNotFound];

/**
 * Finds the row of a placement's order, or makes it from the document that the client wrote.
 * @param milestone what a new row begins as
 * @returns nothing where somebody else took row or document meanwhile: look again
 * @throws the rejection of the placement, which its document keeps: OrderConflict, InvalidOrder, PlacementNotFound
 */
export async function findOrTake(
  message: Message,
  milestone: Milestone,
  ports: Ports,
): Promise<OrderRecord | undefined> {
  const { orderId, placementId } = message;
  const record = await ports.orders.get(orderId);
  if (record?.placementId === placementId) return record;
  const placement = await ports.placements.get(placementId);
  if (!placement) throw record ? new OrderConflict(orderId) : new PlacementNotFound(placementId);
  // A message may name a placement of another order: that placement is none of its business.
  if (placement.orderId !== orderId) throw new OrderConflict(orderId);
  if (placement.reason) throw new RecordedRejection(placement.reason);
  if (placement.state === "TAKEN") return undefined;
  try {
    if (record) throw new OrderConflict(orderId);
    const order = orderIn(placement);
    const { refusesAboveCents: limit = Infinity } = ports;
    if (order.totalCents > limit) throw new ApprovalNotSupported(orderId, limit);
    return await ports.orders.create(order, placementId, milestone);
  } catch (error) {
    if (![...rejections, ApprovalNotSupported].some((each) => error instanceof each)) throw error;
    const { name, message: why } = error as Error;
    await ports.placements.reject(placementId, { error: name, message: why });
    throw error;
  }
}

/** @throws GenerationOver where the order has begun anew since the message was sent */
export function checkGeneration(record: OrderRecord | undefined, { orderId, generation = 1 }: Message) {
  if (record && record.generation !== generation) throw new GenerationOver(orderId, generation, record.generation);
  return record;
}

/** @throws InvalidOrder naming each field that is wrong */
function orderIn({ orderId, order }: PlacementRecord): Order {
  const isObject = typeof order === "object" && order !== null;
  const parsed = parse(Order, isObject ? { orderId, ...order } : order);
  if (parsed.orderId !== orderId) throw new OrderConflict(orderId);
  return parsed;
}

/** A message speaks of another generation than the order is in: to whoever said it, that is another's order. */
export class GenerationOver extends OrderConflict {
  constructor(orderId: string, spoken: number, current: number) {
    super(orderId, `in generation ${current}, and this speaks of ${spoken}`);
    this.name = OrderConflict.name;
  }
}

/** A rejection read back from the placement's document. */
class RecordedRejection extends Refusal {
  constructor({ error, message }: Reason) {
    super(message);
    this.name = error;
  }
}
