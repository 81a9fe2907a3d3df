import { compensation } from "./effect-step.ts";

/** Parks an order whose compensation failed on every try, with the reason, under a status that a person looks for. */
export const parkOrder = compensation({
  name: "ParkOrder",
  undoes: [],
  achieves: "OrderParked",
  // Parking is a move of its own, which keeps the reason.
  whereNoRowIs: "RefundStarted",
  effect: async (_order, _ports, _keyOf, reason) => (reason ? { reason } : {}),
});
