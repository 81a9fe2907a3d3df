import { isDeepStrictEqual } from "node:util";
import { OrderConflict, OrderOvertaken } from "../errors.ts";
import { decide } from "../lifecycle.ts";
import { CreatedOrder, Order } from "../order.ts";
import type { Ports } from "../ports.ts";
import { parse, type Outcome } from "./step.ts";

/**
 * Writes the order row, once per orderId.
 * @throws InvalidOrder, OrderConflict (the orderId is taken by another order), OrderOvertaken (it is under way already)
 */
export async function createOrder(input: unknown, ports: Ports): Promise<Outcome> {
  const order = parse(Order, input);
  const existing = await ports.orders.create(order);
  if (!existing) return { event: "OrderCreated", order };
  const asPlaced = CreatedOrder.parse(existing.order);
  if (!isDeepStrictEqual(asPlaced, order)) throw new OrderConflict(order.orderId);
  if (decide(existing.status, ["OrderCreated"]).kind === "ignore") {
    throw new OrderOvertaken(order.orderId, "CreateOrder", existing.status);
  }
  return { event: "OrderCreated", order };
}
