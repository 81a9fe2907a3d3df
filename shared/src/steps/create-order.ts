import { isDeepStrictEqual } from "node:util";
import { InvalidOrder, OrderConflict, OrderOvertaken } from "../errors.ts";
import { decide } from "../lifecycle.ts";
import { CreatedOrder, Order } from "../order.ts";
import { parse, type Step } from "./step.ts";

/** Writes the order row, once per orderId. It alone reads what a client wrote, and finds no row. */
export const createOrder: Step<"CreateOrder"> = {
  name: "CreateOrder",
  achieves: "OrderCreated",
  refusals: [],
  // OrderConflict: the orderId is taken by another order.
  rejects: [InvalidOrder, OrderConflict],
  ambiguities: [],
  async run(input, ports) {
    const order = parse(Order, input);
    const existing = await ports.orders.create(order);
    if (!existing) return { event: "OrderCreated", order };
    const asPlaced = CreatedOrder.parse(existing.order);
    if (!isDeepStrictEqual(asPlaced, order)) throw new OrderConflict(order.orderId);
    if (decide(existing.status, ["OrderCreated"]).kind === "ignore") {
      throw new OrderOvertaken(order.orderId, "CreateOrder", existing.status);
    }
    return { event: "OrderCreated", order };
  },
};
