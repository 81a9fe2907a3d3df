// The entry of the workflow's bundle.
import { LambdaClient } from "@aws-sdk/client-lambda";
import { withDurableExecution } from "@aws/durable-execution-sdk-js";
import type { TaskPayload, TaskResult } from "@ovsc/orchestration/as-task";
import { log, type StepName, stepNames } from "@ovsc/shared";
import { portsIn } from "@ovsc/shared/aws";
import { functionOf } from "./function-of.ts";
import { SagaFailed, type Surroundings, workflow } from "./workflow.ts";

const { TABLE_NAME, RETRY_DELAYS } = process.env;
const { orders } = portsIn(TABLE_NAME!, { saysFacts: false });

const surroundings: Surroundings = {
  functions: Object.fromEntries(stepNames.map((step) => [step, process.env[functionOf(step)]!])) as Record<
    StepName,
    string
  >,
  delays: JSON.parse(RETRY_DELAYS!) as number[],
  whereIs: async (orderId) => {
    const row = await orders.get(orderId as string);
    if (!row) throw new Error(`order ${String(orderId)} has no row`);
    return row.status;
  },
};

export const handler = withDurableExecution<TaskPayload, TaskResult>(
  async (input, context) => {
    try {
      return await workflow(input, context, surroundings);
    } catch (error) {
      if (!(error instanceof SagaFailed)) throw toldOf(error as Error, input);
      throw error;
    }
  },
  // Its own default client has settings that no execution here needs.
  { client: new LambdaClient({}) },
);

/** Logs that a workflow ends otherwise than the saga does, for the alarm. */
function toldOf(error: Error, { orderId, placementId }: TaskPayload): Error {
  const about = { step: "Workflow", correlationId: orderId, placementId, causationId: placementId };
  log("error", "workflow stopped", { ...about, error: error.name, reason: error.message });
  return error;
}
