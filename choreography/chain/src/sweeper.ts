// The entry of the sweeper's bundle.
import { sweep, type Waking } from "@ovsc/shared";
import { sweepPortsIn } from "@ovsc/shared/aws";
import { goesOnWith } from "./calls.ts";
import { invokeBy } from "./functions.ts";

const { TABLE_NAME, REST_SECONDS } = process.env;
const ports = sweepPortsIn(TABLE_NAME!, { saysFacts: false, restSeconds: Number(REST_SECONDS) });
const functions = invokeBy(process.env);

/** Whoever goes on is the function that would have been called next, which then calls the rest. */
const waking: Waking = {
  // Every function has ended long before an order has rested for its whole budget.
  isAttended: async () => false,
  async wake(placed, record) {
    const step = record ? goesOnWith[record.status] : "CreateOrder";
    if (step) await functions.start(step, placed);
  },
};

export const handler = ({ id }: { readonly id: string }): Promise<void> => sweep(ports, waking, id);
