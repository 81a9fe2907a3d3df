// A step of a generated orchestration, or the undo of one: answers, or throws for a Catch to match.
import type { GeneratedOrder } from "./saga-shape.ts";

const { STEP } = process.env;

export const handler = async (order: GeneratedOrder): Promise<GeneratedOrder> => {
  if (order.refusesAt === STEP) throw new Refused(`${STEP} refuses`);
  return order;
};

class Refused extends Error {
  override readonly name = "Refused";
}
