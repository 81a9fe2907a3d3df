import { ApprovalNotSupported } from "../errors.ts";
import type { Placement } from "../placement.ts";

/**
 * Turns away, before anything is written, an order that would wait for a person where nobody can.
 * @param outputs of the stack, which name its limit if it has one
 * @throws ApprovalNotSupported
 */
export function refuseAboveLimit(outputs: Readonly<Record<string, string>>, { order }: Placement): void {
  const limit = Number(outputs["ApprovalAboveCents"] ?? Infinity);
  if (order.totalCents > limit) throw new ApprovalNotSupported(order.orderId, limit);
}
