import { AnyOrder } from "../order.ts";
import type { Step } from "./step.ts";

/** Parks an order whose compensation failed on every try, under a status that a person can look for. */
export const parkOrder: Step = {
  name: "ParkOrder",
  accepts: AnyOrder,
  achieves: "OrderParked",
  refusals: {},
  effect: async (order) => order,
};
