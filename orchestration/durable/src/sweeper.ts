// The entry of the sweeper's bundle.
import { LambdaClient } from "@aws-sdk/client-lambda";
import { sweep, type Waking } from "@ovsc/shared";
import { sweepPortsIn } from "@ovsc/shared/aws";
import { latestExecution, startNext } from "./executions.ts";

const { TABLE_NAME, WORKFLOW_ARN, REST_SECONDS } = process.env;
const ports = sweepPortsIn(TABLE_NAME!, { saysFacts: false, restSeconds: Number(REST_SECONDS) });
const workflow = { client: new LambdaClient({}), functionArn: WORKFLOW_ARN! };

/** Whoever goes on is a new execution: CreateOrder begins, or is overtaken and the row leads on. */
const waking: Waking = {
  isAttended: async ({ placementId }) => (await latestExecution(workflow, placementId))?.status === "RUNNING",
  wake: (placed) => startNext(workflow, placed),
};

export const handler = ({ id }: { readonly id: string }): Promise<void> => sweep(ports, waking, id);
