import { OrderContended, OrderOvertaken, UnsupportedVersion } from "../errors.ts";
import { decide } from "../lifecycle.ts";
import { mostLooks, type Step } from "./step.ts";
import { checkGeneration, findOrTake, rejections } from "./take-placement.ts";

/** Begins the order: makes its row from the document that the client wrote. It alone validates what a client wrote. */
export const createOrder: Step<"CreateOrder"> = {
  name: "CreateOrder",
  achieves: "OrderCreated",
  refusals: [],
  // It alone may be woken by a client, who may speak another version.
  rejects: [...rejections, UnsupportedVersion],
  ambiguities: [],
  async run(message, ports) {
    for (let look = 1; look <= mostLooks; look += 1) {
      const record = checkGeneration(await findOrTake(message, "OrderCreated", ports), message);
      if (!record) continue;
      if (decide(record.status, ["OrderCreated"]).kind === "ignore") {
        throw new OrderOvertaken(message.orderId, "CreateOrder", record.status);
      }
      return { event: "OrderCreated", record };
    }
    throw new OrderContended(message.orderId, "CreateOrder");
  },
};
