// The entry of the sweeper's bundle.
import { SFNClient } from "@aws-sdk/client-sfn";
import { sweep, type Waking } from "@ovsc/shared";
import { sweepPortsIn } from "@ovsc/shared/aws";
import { latestExecution, startNext } from "./latest-execution.ts";

const { TABLE_NAME, STATE_MACHINE_ARN, REST_SECONDS } = process.env;
const ports = sweepPortsIn(TABLE_NAME!, { saysFacts: false, restSeconds: Number(REST_SECONDS) });
const machine = { client: new SFNClient({}), stateMachineArn: STATE_MACHINE_ARN! };

/** Whoever goes on is a new execution: CreateOrder begins or is overtaken, and WhereIsIt leads on from the row. */
const waking: Waking = {
  isAttended: async ({ placementId }) => (await latestExecution(machine, placementId))?.status === "RUNNING",
  wake: (placed) => startNext(machine, placed),
};

export const handler = ({ id }: { readonly id: string }): Promise<void> => sweep(ports, waking, id);
