import { LambdaClient } from "@aws-sdk/client-lambda";
import { toldBy } from "@ovsc/orchestration/ends";
import { refOf } from "@ovsc/shared";
import { writePlacement } from "@ovsc/shared/aws";
import { type Coordination, type DeployedStack, repair, storyInLogs } from "@ovsc/shared/variant";
import { latestExecution, start, startNext } from "./executions.ts";

/** The way to a deployed workflow: a placement is a durable execution, which tells how it ended. */
export function connect(stack: DeployedStack): Coordination {
  const { outputs, client, asClient, logs, now } = stack;
  const functionArn = outputs["WorkflowArn"]!;
  const workflow = { client: client(LambdaClient), functionArn };
  const placing = { client: asClient.client(LambdaClient), functionArn };
  return {
    async place(placement) {
      await writePlacement(asClient.table, placement, now);
      // Named by the placement, so that Lambda itself starts it once.
      await start(placing, refOf(placement));
    },
    async hasEnded({ placementId }) {
      const latest = await latestExecution(workflow, placementId);
      return latest !== undefined && latest.status !== "RUNNING";
    },
    async ending({ placementId }) {
      const latest = await latestExecution(workflow, placementId);
      if (!latest) throw new Error(`no execution was started for placement ${placementId}`);
      const { arn: id, status, result, error, cause } = latest;
      return {
        id,
        tells: toldBy(status, error),
        status,
        ...(result !== undefined && { output: JSON.parse(result) as unknown }),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      };
    },
    published: async () => undefined,
    usage: async () => ({ events: 0, stateTransitions: 0 }),
    // The workflow invokes the steps and waits: a failure is its to handle, and no queue holds any.
    deadLetters: async () => [],
    remedies: { repair: repair(stack, { saysFacts: false, wake: (placed) => startNext(workflow, placed) }) },
    history: async (placed) => ({ steps: (await logs(placed)).map(({ step, message }) => `${step} ${message}`) }),
    story: async (placed) => storyInLogs(await logs(placed)),
  };
}
