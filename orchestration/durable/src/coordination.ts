import { LambdaClient } from "@aws-sdk/client-lambda";
import { toldBy } from "@ovsc/orchestration/ends";
import { latestExecution, startNext } from "@ovsc/orchestration/latest-execution";
import { refOf } from "@ovsc/shared";
import { writePlacement } from "@ovsc/shared/aws";
import { again, type Coordination, decideBy, type DeployedStack, repair, storyInLogs } from "@ovsc/shared/variant";
import { answer } from "./answer.ts";
import { durableFunction } from "./executions.ts";

/** The way to a deployed workflow: a placement is a durable execution, which tells how it ended. */
export function connect(stack: DeployedStack): Coordination {
  const { outputs, client, asClient, asOperator, asApprover, logs, now } = stack;
  const functionArn = outputs["WorkflowArn"]!;
  const executions = durableFunction(client(LambdaClient), functionArn);
  const placing = durableFunction(asClient.client(LambdaClient), functionArn);
  const repairing = durableFunction(asOperator.client(LambdaClient), functionArn);
  return {
    async place(placement) {
      await writePlacement(asClient.table, placement, now);
      // Named by the placement, so that Lambda itself starts it once.
      await placing.start(refOf(placement), 0);
    },
    decide: asApprover && decideBy(stack, { saysFacts: false, wake: answer(asApprover.client(LambdaClient)) }),
    async hasEnded({ placementId }) {
      const latest = await latestExecution(executions, placementId);
      return latest !== undefined && latest.status !== "RUNNING";
    },
    async ending({ placementId }) {
      const latest = await latestExecution(executions, placementId);
      if (!latest) throw new Error(`no execution was started for placement ${placementId}`);
      const { arn: id, status, output, error, cause } = latest;
      return {
        id,
        tells: toldBy(status, error),
        status,
        ...(output !== undefined && { output: JSON.parse(output) as unknown }),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      };
    },
    published: async () => undefined,
    usage: async () => ({ events: 0, stateTransitions: 0 }),
    // The workflow invokes the steps and waits: a failure is its to handle, and no queue holds any.
    deadLetters: async () => [],
    remedies: {
      repair: repair(stack, { saysFacts: false, wake: (placed) => startNext(repairing, placed) }),
      again: again(stack, { saysFacts: false, wake: (placed) => startNext(repairing, placed) }),
    },
    history: async (placed) => ({ steps: (await logs(placed)).map(({ step, message }) => `${step} ${message}`) }),
    story: async (placed) => storyInLogs(await logs(placed)),
  };
}
