// The entry of the sweeper's bundle.
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { sweep, type Waking } from "@ovsc/shared";
import { sweepPortsIn } from "@ovsc/shared/aws";
import { latestExecution, nameOf } from "./latest-execution.ts";

const { TABLE_NAME, STATE_MACHINE_ARN, REST_SECONDS } = process.env;
const ports = sweepPortsIn(TABLE_NAME!, { saysFacts: false, restSeconds: Number(REST_SECONDS) });
const machine = { client: new SFNClient({}), stateMachineArn: STATE_MACHINE_ARN! };

/** Whoever goes on is a new execution: CreateOrder begins or is overtaken, and WhereIsIt leads on from the row. */
const waking: Waking = {
  isAttended: async ({ placementId }) => (await latestExecution(machine, placementId))?.status === "RUNNING",
  async wake({ orderId, placementId }) {
    const latest = await latestExecution(machine, placementId);
    const name = nameOf(placementId, latest ? latest.number + 1 : 0);
    const input = JSON.stringify({ orderId, placementId });
    try {
      const { stateMachineArn } = machine;
      await machine.client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
    } catch (error) {
      // Another sweep was quicker, and its execution has ended.
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  },
};

export const handler = ({ id }: { readonly id: string }): Promise<void> => sweep(ports, waking, id);
