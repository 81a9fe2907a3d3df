import { compensation } from "./effect-step.ts";

/** Parks an order whose compensation failed on every try, under a status that a person can look for. */
export const parkOrder = compensation({
  name: "ParkOrder",
  undoes: [],
  achieves: "OrderParked",
  effect: async () => {},
});
