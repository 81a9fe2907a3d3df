// The entry of the sweeper's bundle.
import { SFNClient } from "@aws-sdk/client-sfn";
import { sweep, type Waking } from "@ovsc/shared";
import { sweepPortsIn } from "@ovsc/shared/aws";
import { startAgain } from "./start-again.ts";

const { TABLE_NAME, STATE_MACHINE_ARN, REST_SECONDS } = process.env;
const ports = sweepPortsIn(TABLE_NAME!, { saysFacts: false, restSeconds: Number(REST_SECONDS) });
const client = new SFNClient({});

/** Whoever goes on is a new execution. */
const waking: Waking = {
  // An execution cannot be looked up, and need not be: it has ended long before an order has rested for a budget.
  isAttended: async () => false,
  wake: (placed) => startAgain(client, STATE_MACHINE_ARN!, placed),
};

export const handler = ({ id }: { readonly id: string }): Promise<void> => sweep(ports, waking, id);
